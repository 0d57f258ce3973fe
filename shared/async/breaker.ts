import type { Clock } from '../clock.ts';

/** What a circuit breaker may be: `half-open` tries whether what it guards works again. */
export const breakerStates = ['closed', 'half-open', 'open'] as const;
export type BreakerState = (typeof breakerStates)[number];

const failuresUntilOpen = 3;
const pauseWhileClosedMs = 100;
/** Longer from try to try, since what refuses us should not be hammered. */
const firstPauseMs = 1_000;

interface BreakerOptions {
  /** Whether an error is an answer all the same: what was asked was refused, and whoever refused it is well. */
  readonly isAnswer?: (error: unknown) => boolean;
  /** How long it waits at most between two tries. */
  readonly longestPauseMs?: number;
}

/**
 * Counts the failures in a row of one thing outside, a topic or a provider, and says when to try it again. Unlike most, it becomes
 * due by the clock alone: who only looks at it sees that, too, so that what nobody has anything new for is tried again all the same.
 */
export class Breaker {
  readonly #clock: Clock;
  readonly #isAnswer: (error: unknown) => boolean;
  readonly #longestPauseMs: number;
  #failures = 0;
  #trying = 0;
  #dueAt = 0;
  #lastError: unknown;

  constructor(clock: Clock, { isAnswer = () => false, longestPauseMs = 5_000 }: BreakerOptions = {}) {
    this.#clock = clock;
    this.#isAnswer = isAnswer;
    this.#longestPauseMs = longestPauseMs;
  }

  get state(): BreakerState {
    if (this.#failures < failuresUntilOpen) return 'closed';
    return this.#trying > 0 ? 'half-open' : 'open';
  }

  /** Whether the last try failed. */
  get isFailing(): boolean {
    return this.#failures > 0;
  }

  /** What the last try failed of, where it failed. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** How many milliseconds to wait before the next try. */
  get pauseMs(): number {
    if (!this.isFailing) return 0;
    return Math.max(0, this.#dueAt - this.#clock.now().getTime());
  }

  /** @throws what the attempt throws. */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    this.#trying += 1;
    try {
      const answer = await work();
      this.#succeeded();
      return answer;
    } catch (error) {
      if (this.#isAnswer(error)) this.#succeeded();
      else this.#failed(error);
      throw error;
    } finally {
      this.#trying -= 1;
    }
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#lastError = undefined;
  }

  #failed(error: unknown): void {
    this.#failures += 1;
    this.#lastError = error;
    this.#dueAt = this.#clock.now().getTime() + this.#pauseAfterFailure();
  }

  #pauseAfterFailure(): number {
    if (this.#failures < failuresUntilOpen) return pauseWhileClosedMs;
    return Math.min(this.#longestPauseMs, firstPauseMs * 2 ** (this.#failures - failuresUntilOpen));
  }
}
