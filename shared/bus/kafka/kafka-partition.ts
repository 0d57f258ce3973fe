import { Partitioners } from 'kafkajs';

const choose = Partitioners.DefaultPartitioner();

/** Which of so many partitions the messages with this key are in, by the producer that sends them. */
export function kafkaPartitionOf(key: string, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return choose({ topic: '', partitionMetadata, message: { key, value: null } });
}
