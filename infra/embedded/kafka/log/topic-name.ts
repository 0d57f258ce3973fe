import { ErrorCode, KafkaError } from '../protocol/error-code.ts';

const maxLength = 249;

/**
 * Refuses what is no topic name, with the words of Kafka (org.apache.kafka.common.internals.Topic.validate).
 *
 * @throws KafkaError INVALID_TOPIC_EXCEPTION
 */
export function validateTopicName(name: string): void {
  const fault = faultOf(name);
  if (fault !== undefined) throw new KafkaError(ErrorCode.INVALID_TOPIC_EXCEPTION, `Topic name is invalid: ${fault}`);
}

/** Two names that differ only in `.` and `_` would share their metrics in Kafka, which therefore refuses the second. */
export function namesCollide(one: string, other: string): boolean {
  return one !== other && one.replaceAll('.', '_') === other.replaceAll('.', '_');
}

function faultOf(name: string): string | undefined {
  if (name === '') return 'the empty string is not allowed';
  if (name === '.' || name === '..') return `'${name}' is not allowed`;
  if (name.length > maxLength) return `the length of '${name}' is longer than the max allowed length ${maxLength}`;
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  }
  return undefined;
}
