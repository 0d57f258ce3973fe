import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import type { OffsetRange, TopicReader, TopicReading } from '../../../shared/bus/topic-reader.ts';

/** Takes the bus's place where it is read once more: one partition with the records that a test puts into it. */
export class KnownTopic implements TopicReader {
  readonly records: ReceivedRecord[] = [];
  /** How many records a piece has. */
  pieces = 2;
  /** What stands between a piece and its being taken; it may throw. */
  beforeTaking: () => Promise<void> = async () => undefined;

  /** Adds records, each at the next offset. */
  write(...records: readonly ReceivedRecord[]): void {
    for (const record of records) this.records.push({ ...record, offset: this.records.length });
  }

  async locate(): Promise<readonly OffsetRange[]> {
    return [{ partition: 0, next: 0, end: this.records.length }];
  }

  async read({ stretches, take, signal }: TopicReading): Promise<void> {
    for (const { partition, next, end } of stretches) {
      for (let start = next; start < end && !signal.aborted; start += this.pieces) {
        await this.beforeTaking();
        const stop = Math.min(start + this.pieces, end);
        await take({ partition, records: this.records.slice(start, stop), next: stop });
      }
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
