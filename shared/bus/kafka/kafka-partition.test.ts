import { expect, it } from 'vitest';
import { kafkaPartitionOf } from './kafka-partition.ts';

it('a key is looked for in the partition where Kafka has it', () => {
  // As Utils.toPositive(Utils.murmur2(key)) % 4 of Kafka's own client has them.
  expect(['21', 'foobar', 'a-little-bit-long-string'].map((key) => kafkaPartitionOf(key, 1_000))).toEqual([
    (-973932308 & 0x7fffffff) % 1_000,
    (-790332482 & 0x7fffffff) % 1_000,
    (-985981536 & 0x7fffffff) % 1_000,
  ]);
});
