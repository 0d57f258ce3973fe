/** A consumer group, whose it is, and the topic that it reads. */
export interface ConsumerGroup {
  readonly name: string;
  readonly service: string;
  readonly topic: string;
}

/** What the bus knows of a group in one partition, as offsets. */
export interface PartitionProgress {
  readonly partition: number;
  /** The next event that the group reads; `undefined` where it has never committed. */
  readonly committed: number | undefined;
  /** The oldest event that the topic still has. */
  readonly oldest: number;
  /** The offset that the next event will get. */
  readonly newest: number;
}

/** How far a group is behind in one partition. */
export interface PartitionLag extends Omit<PartitionProgress, 'oldest'> {
  /** How many events are there that it has not read. */
  readonly lag: number;
}

/** How far a group is behind. */
export interface ConsumerLag {
  readonly group: string;
  readonly service: string;
  readonly topic: string;
  readonly partitions: readonly PartitionLag[];
  /** The sum over the partitions. */
  readonly total: number;
}

/** Asks the bus how far consumer groups have come. */
export interface LagReader {
  /** The lag of each group, in their order. @throws Error when the bus does not answer. */
  read(groups: readonly ConsumerGroup[]): Promise<readonly ConsumerLag[]>;
  /** Which of so many partitions the events with a key are in; nothing, where the bus alone knows. */
  partitionOf(key: string, partitions: number): number | undefined;
  close(): Promise<void>;
}

/**
 * The lag of a group. Where it has never committed it begins with the oldest event; so it does where the events that it
 * would read next have gone from the topic meanwhile.
 */
export function lagOf(
  { name: group, service, topic }: ConsumerGroup,
  progress: readonly PartitionProgress[],
): ConsumerLag {
  const partitions = progress
    .map(({ partition, committed, oldest, newest }) => {
      const next = Math.max(committed ?? oldest, oldest);
      return { partition, committed, newest, lag: Math.max(0, newest - next) };
    })
    .sort((one, other) => one.partition - other.partition);
  return { group, service, topic, partitions, total: partitions.reduce((sum, { lag }) => sum + lag, 0) };
}
