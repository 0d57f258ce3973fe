import { mayHaveMore } from './fair-share.ts';
import { HolderCounts } from './holder-counts.ts';

/** As many wait already as may. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  /** Places become free all the time, so whoever comes back in a moment may find one. */
  readonly retryAfterMs = 1_000;

  constructor(places: number) {
    super(`all of the ${places} places are taken`);
  }
}

interface WorkQueueLimits {
  /** How many have their turn at once. */
  readonly atOnce: number;
  /** How many more may be there, waiting. */
  readonly waiting: number;
}

/** Does the work once it is the caller's turn. @throws the reason of the signal, where that is aborted before. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets a few do heavy work at once, a few more wait for their turn, in their order, and nobody else in but who has less than a fair
 * share of the places. A place is taken before anything is done, so that whoever is refused has done nothing; the turn, only for what is
 * heavy.
 *
 * @example
 * const queue = new WorkQueue({ atOnce: 2, waiting: 30 });
 * const isRight = await queue.within('logins', new AbortController().signal, (inTurn) => inTurn(async () => true));
 */
export class WorkQueue {
  readonly #limits: WorkQueueLimits;
  readonly #waiting = new Set<() => void>();
  readonly #inside = new HolderCounts();
  #running = 0;

  constructor(limits: WorkQueueLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a place for as long as this lasts.
   *
   * @param holder whose share of the places it is
   * @throws QueueFullError at once, where there is none
   */
  async within<T>(holder: string, signal: AbortSignal, use: (inTurn: InTurn) => Promise<T>): Promise<T> {
    const limit = this.#limits.atOnce + this.#limits.waiting;
    if (!mayHaveMore({ limit, size: this.#inside.size, ...this.#inside.of(holder) })) throw new QueueFullError(limit);
    this.#inside.add(holder);
    try {
      return await use((work) => this.#inTurn(signal, work));
    } finally {
      this.#inside.remove(holder);
    }
  }

  async #inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#turn(signal);
    try {
      return await work();
    } finally {
      this.#passOn();
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#running < this.#limits.atOnce) {
      this.#running += 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    const giveUp = () => {
      this.#waiting.delete(turn.resolve);
      turn.reject(signal.reason);
    };
    this.#waiting.add(turn.resolve);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await turn.promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Whoever waits the longest has the turn that has ended. */
  #passOn(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
