import { DecisionRate } from './decision-rate.ts';
import type { Expired } from './undecided.ts';

/**
 * At least so many may be undecided. Fewer would leave too little to decide together, so that less would be decided in a second and still less
 * be let in, while what is decided would take hardly less time.
 */
const fewest = 32;

/** So many, while it is not known how many are decided in a second. */
const manyUnknown = 256;

/** Where nothing is decided for so long, and something waits for it, nothing can be decided here: the bus is away, or others decide. */
const standstillMs = 2_000;

/**
 * Of a time in which this process did not look although something waited, so much counts: where it got no turn itself, it will hear of
 * what was decided meanwhile only after the requests that came meanwhile.
 */
const longestGapMs = 500;

/** Decisions have come for so long before their rate counts: at a start, or once the bus is back, it is not yet what it will be. */
const warmUpMs = 3_000;

/** Of what was accepted here, so much has to be told of here: else other processes decide, and what is counted here says nothing. */
const leastHeardOf = 0.95;

/** How much one thing says of how many are told of here. */
const weight = 1 / 256;

/** What a process knows of the decisions of what it accepts. */
export class Decisions {
  readonly #longestMs: number;
  readonly #rate: DecisionRate;
  /** The share of what was accepted here that this process was told of. */
  #heardOf = 1;
  #lastAt = Number.NEGATIVE_INFINITY;
  /** Since when they have come without a pause. */
  #flowingSince: number | undefined;
  /** How many were undecided by then. */
  #piledUp = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #wasWaiting = false;
  /** How long nothing has been decided, as far as this process was there to see it. */
  #stillMs = Number.POSITIVE_INFINITY;

  /** @param longestMs how long a thing may wait for its decision */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
    this.#rate = new DecisionRate(longestMs);
  }

  /** Something is decided that has waited for so long, and so many more are not. */
  told(waitedMs: number, undecided: number, now: number): void {
    this.#heard(1);
    this.#lastAt = now;
    this.#stillMs = 0;
    if (this.#flowingSince === undefined) {
      this.#flowingSince = now;
      this.#piledUp = undecided;
    }
    this.#rate.decided(waitedMs, now);
  }

  /** Somebody was not let in at once. */
  heldBack(now: number): void {
    this.#rate.heldBack(now);
  }

  /** Somebody looks at what was decided. */
  looked({ overtaken, oldestAt }: Expired, now: number): void {
    const gapMs = now - this.#lookedAt;
    this.#stillMs += this.#wasWaiting ? Math.min(gapMs, longestGapMs) : gapMs;
    this.#lookedAt = now;
    this.#wasWaiting = oldestAt !== undefined;
    if (oldestAt !== undefined && now - Math.max(oldestAt, this.#lastAt) >= standstillMs && this.#isStill)
      this.#flowingSince = undefined;
    for (let n = 0; n < overtaken; n += 1) this.#heard(0);
  }

  /** Whether other processes decide some of what this one accepts. */
  get areElsewhere(): boolean {
    return this.#heardOf < leastHeardOf || this.#flowingSince === undefined;
  }

  get #isStill(): boolean {
    return this.#stillMs >= standstillMs;
  }

  /** How much may be undecided so that none of it waits too long; any number, where too little is known. */
  mostUndecided(now: number): number {
    if (this.areElsewhere || this.#isStill) return Number.POSITIVE_INFINITY;
    if (now - (this.#flowingSince ?? now) < warmUpMs) return this.#piledUp + manyUnknown;
    const perSecond = this.#rate.perSecond(now);
    if (perSecond === undefined) return manyUnknown;
    // A moment with many is no overload: it is over in a second.
    const inAMoment = this.#rate.isCalm(now) ? Math.min(manyUnknown, perSecond) : 0;
    return Math.max(fewest, (perSecond * this.#longestMs) / 1_000, inAMoment);
  }

  /** How long the last of so many undecided will wait, in milliseconds. */
  waitMs(undecided: number, now: number): number {
    const perSecond = this.#rate.perSecond(now) ?? this.#rate.lastPerSecond;
    return perSecond === undefined ? this.#rate.meanWaitMs : (undecided * 1_000) / perSecond;
  }

  #heard(value: 0 | 1): void {
    this.#heardOf += weight * (value - this.#heardOf);
  }
}
