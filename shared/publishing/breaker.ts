import { MessageRefusedError } from '../bus/transport.ts';
import type { Clock } from '../clock.ts';

/** What a circuit breaker may be: `half-open` tries whether its topic can be written again. */
export const breakerStates = ['closed', 'half-open', 'open'] as const;
export type BreakerState = (typeof breakerStates)[number];

const failuresUntilOpen = 3;
const pauseWhileClosedMs = 100;
/** Longer from try to try, since a bus that refuses us should not be hammered. */
const firstPauseMs = 1_000;
const longestPauseMs = 5_000;

/**
 * Counts the failures in a row of one topic and says when to try it again. Unlike most, it becomes due by the clock alone: who
 * only looks at it sees that, too, so that a topic nobody has anything new for is tried again all the same.
 */
export class Breaker {
  readonly #clock: Clock;
  #failures = 0;
  #isTrying = false;
  #dueAt = 0;
  #lastError: unknown;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): BreakerState {
    if (this.#failures < failuresUntilOpen) return 'closed';
    return this.#isTrying ? 'half-open' : 'open';
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

  /** @throws what the attempt throws; a refusal of what was sent counts as an answer. */
  async attempt(work: () => Promise<void>): Promise<void> {
    this.#isTrying = true;
    try {
      await work();
      this.#succeeded();
    } catch (error) {
      if (error instanceof MessageRefusedError) this.#succeeded();
      else this.#failed(error);
      throw error;
    } finally {
      this.#isTrying = false;
    }
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#lastError = undefined;
  }

  #failed(error: unknown): void {
    this.#failures += 1;
    this.#lastError = error;
    this.#dueAt = this.#clock.now().getTime() + pauseAfter(this.#failures);
  }
}

function pauseAfter(failures: number): number {
  if (failures < failuresUntilOpen) return pauseWhileClosedMs;
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - failuresUntilOpen));
}
