import type { ReceivedRecord } from './received-record.ts';

/** What is to be read of a partition: from the offset `next` up to, and not including, `end`. */
export interface OffsetRange {
  readonly partition: number;
  readonly next: number;
  readonly end: number;
}

/** Some records of a stretch in their order, and the offset at which its reading goes on. */
export interface Piece {
  readonly partition: number;
  readonly records: readonly ReceivedRecord[];
  readonly next: number;
}

export interface TopicReading {
  readonly topic: string;
  readonly stretches: readonly OffsetRange[];
  /** Gets one piece after the other, the next one when it is done with the last. */
  readonly take: (piece: Piece) => Promise<void>;
  /** Ends the reading early, after the piece that is being taken. */
  readonly signal: AbortSignal;
}

/** Reads what is on a topic once more, beside the consumer groups: it moves nobody's offsets. */
export interface TopicReader {
  /** What arrived on the bus from a time on and before another one; without that, up to now. @throws Error */
  locate(topic: string, from: Date, to?: Date): Promise<readonly OffsetRange[]>;
  /** Settles when all was taken, or the signal says so. @throws what `take` throws, or what the bus has failed of */
  read(reading: TopicReading): Promise<void>;
  close(): Promise<void>;
}
