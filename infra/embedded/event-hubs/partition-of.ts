import { createHash } from 'node:crypto';

/**
 * The partition of a key: always the same one. Event Hubs' own hash is not documented, and nobody may rely on it; that it
 * differs from the one of Kafka's clients is to be expected there as well.
 */
export function partitionOf(key: string, partitions: number): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % partitions;
}
