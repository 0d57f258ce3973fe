import { type GroupLoss, isGroupLoss } from './group-loss.ts';

/** Of partitions, the offset of the event that comes next. */
export type NextOffsets = ReadonlyMap<number, string>;

/** @throws when the broker does not take them */
type Commit = (offsets: NextOffsets) => Promise<void>;

/**
 * Commits how far a consumer has come, in the background: a function that is done stores the offsets of its events, and what is
 * stored is committed every so often. A crash in between has the events delivered again. So does the extension, which leaves it to
 * librdkafka (AsyncCommitStrategy.cs: StoreOffset; KafkaListener.cs: EnableAutoCommit, EnableAutoOffsetStore and
 * AutoCommitIntervalMs). The first after a pause does not wait.
 */
export class OffsetCommits {
  readonly #intervalMs: number;
  #stored = new Map<number, string>();
  #commit: Commit = () => Promise.resolve();
  #underWay = Promise.resolve();
  #membership = new AbortController();
  #loss: GroupLoss | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  /** Has offsets committed before long. @param commit what commits them, and all that is stored besides */
  store(offsets: NextOffsets, commit: Commit): void {
    for (const [partition, offset] of offsets) this.#stored.set(partition, offset);
    this.#commit = commit;
    this.#plan();
  }

  /** @throws what a commit was refused with that tells of a group which goes on without this member */
  throwIfLost(): void {
    if (this.#loss !== undefined) throw this.#loss;
  }

  /** Commits what is stored, now. Where the broker does not take it, it stays stored, and is tried again. */
  flush(): Promise<void> {
    this.#underWay = this.#underWay.then(() => this.#commitStored());
    return this.#underWay;
  }

  /**
   * The consumer has left its group, or joined it anew: what is not committed is another member's, or fetched again. Nothing of the new
   * membership waits for a commit of the former one, which may never be answered: kafkajs has no time limit for what it sends over a
   * connection that it is closing.
   */
  forget(): void {
    this.#membership.abort();
    this.#membership = new AbortController();
    this.#underWay = Promise.resolve();
    this.#loss = undefined;
    this.#stored.clear();
    this.#rest();
  }

  #plan(): void {
    const dueInMs = Math.max(0, this.#lastAt + this.#intervalMs - performance.now());
    this.#timer ??= setTimeout(() => void this.flush(), dueInMs);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #commitStored(): Promise<void> {
    this.#rest();
    if (this.#stored.size === 0) return;
    const { signal } = this.#membership;
    const offsets = this.#stored;
    this.#stored = new Map();
    this.#lastAt = performance.now();
    try {
      await this.#commit(offsets);
    } catch (error) {
      if (signal.aborted) return;
      // Of a broker that is away the consumer hears by its fetches.
      if (isGroupLoss(error)) this.#loss = error;
      this.#stored = new Map([...offsets, ...this.#stored]);
      this.#plan();
    }
  }
}
