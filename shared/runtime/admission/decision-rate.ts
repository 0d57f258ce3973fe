/** A window is as long as this at least, in milliseconds: long enough for some batches of events. */
const windowMs = 500;

/** A longer one had a pause in it, of which nothing is to be learned. */
const longestWindowMs = 2_000;

/** A rate is known after so many windows with a backlog, one after the other: less is a moment with many, which passes. */
const windowsToKnow = 4;

/** So much waits in a backlog on the average. Where less does, decisions are slow, and not too many. */
const leastBacklog = 16;

/** Without a backlog for so long, a time of overload is over. */
const calmAfterMs = 5_000;

/** What was learned is believed for so long: a process may be quicker or slower by then. */
const believedForMs = 5 * 60_000;

/** How much of a window is believed over what was known. */
const share = 0.3;

/** So much more than what was decided is tried at most: what it has done shows only once all of it was waited for. */
const mostGrowth = 2;

interface Window {
  readonly since: number;
  readonly decided: number;
  /** The sum of how long each has waited. */
  readonly waitedMs: number;
  readonly heldBack: number;
}

/**
 * How many things a process decides in a second when it has more to decide than it can: how many it decides when it has not says
 * nothing of that. It has where many wait for half of what they may, or longer, or hold others back, for some seconds; what is decided then
 * is the rate. Where somebody was held back although the others hardly wait, the rate is taken for too low, and grows by as much as they wait too little.
 */
export class DecisionRate {
  readonly #longestMs: number;
  #window: Window | undefined;
  #backlogs = 0;
  #learned: { readonly perSecond: number; readonly at: number } | undefined;
  #meanWaitMs = 0;
  /** When there was a backlog last, or somebody was held back. */
  #busyAt = Number.NEGATIVE_INFINITY;

  /** @param longestMs how long a thing may wait for its decision */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  decided(waitedMs: number, now: number): void {
    this.#add({ decided: 1, waitedMs, heldBack: 0 }, now);
  }

  /** Somebody was not let in at once. */
  heldBack(now: number): void {
    this.#busyAt = now;
    this.#add({ decided: 0, waitedMs: 0, heldBack: 1 }, now);
  }

  /** Nothing, where it is not known. */
  perSecond(now: number): number | undefined {
    this.#learn(now);
    return this.#isKnown(now) ? this.#learned?.perSecond : undefined;
  }

  /** The same, if it may be a moment that passes. */
  get lastPerSecond(): number | undefined {
    return this.#learned?.perSecond;
  }

  /** Whether there was no backlog for some seconds. */
  isCalm(now: number): boolean {
    return now - this.#busyAt >= calmAfterMs;
  }

  /** How long what was decided last had waited. */
  get meanWaitMs(): number {
    return this.#meanWaitMs;
  }

  #isKnown(now: number): boolean {
    return this.#backlogs >= windowsToKnow && now - (this.#learned?.at ?? 0) <= believedForMs;
  }

  #add({ decided, waitedMs, heldBack }: Omit<Window, 'since'>, now: number): void {
    this.#learn(now);
    const { since, ...sums } = this.#window ?? { since: now, decided: 0, waitedMs: 0, heldBack: 0 };
    this.#window = {
      since,
      decided: sums.decided + decided,
      waitedMs: sums.waitedMs + waitedMs,
      heldBack: sums.heldBack + heldBack,
    };
  }

  #learn(now: number): void {
    const window = this.#window;
    if (window === undefined || now - window.since < windowMs) return;
    this.#window = undefined;
    const { since, decided, waitedMs, heldBack } = window;
    const elapsedMs = now - since;
    if (decided === 0 || elapsedMs > longestWindowMs) return;
    this.#meanWaitMs = waitedMs / decided;
    const perSecond = (decided * 1_000) / elapsedMs;
    const isBacklog = waitedMs / elapsedMs >= leastBacklog;
    if (isBacklog) this.#busyAt = now;
    if (this.#isKnown(now)) this.#adjust(perSecond, heldBack > 0, now);
    else this.#begin(perSecond, isBacklog && (this.#isLong || heldBack > 0), now);
  }

  get #isLong(): boolean {
    return this.#meanWaitMs >= this.#longestMs / 2;
  }

  #begin(perSecond: number, isBacklog: boolean, at: number): void {
    if (isBacklog) {
      this.#backlogs = this.#learned === undefined || at - this.#learned.at > believedForMs ? 1 : this.#backlogs + 1;
      this.#learned = { perSecond: this.#backlogs === 1 ? perSecond : this.#mixed(perSecond), at };
    } else {
      this.#backlogs = 0;
      this.#learned = undefined;
    }
  }

  #adjust(perSecond: number, isHoldingBack: boolean, at: number): void {
    const known = this.#learned?.perSecond ?? perSecond;
    if (this.#isLong) {
      this.#learned = { perSecond: this.#mixed(perSecond), at };
    } else {
      const growth = isHoldingBack ? this.#longestMs / Math.max(1, this.#meanWaitMs) : 1;
      const tried = Math.min(known * growth, mostGrowth * perSecond);
      if (growth > 1 || perSecond > known) this.#learned = { perSecond: Math.max(perSecond, known, tried), at };
    }
  }

  #mixed(perSecond: number): number {
    const known = this.#learned?.perSecond ?? perSecond;
    return known + share * (perSecond - known);
  }
}
