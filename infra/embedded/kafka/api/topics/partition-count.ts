import { ErrorCode, KafkaError } from '../../protocol/error-code.ts';

/** @throws KafkaError INVALID_PARTITIONS when a topic cannot have `count` partitions. */
export function validatePartitionCount(count: number, maximum: number): void {
  const fault =
    count < 1
      ? 'Number of partitions was set to an invalid non-positive value.'
      : `A topic can have no more than ${maximum} partitions here.`;
  if (count < 1 || count > maximum) throw new KafkaError(ErrorCode.INVALID_PARTITIONS, fault);
}
