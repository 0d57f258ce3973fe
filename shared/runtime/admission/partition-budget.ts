import { mayHaveMore } from '../../async/fair-share.ts';
import { HolderCounts } from '../../async/holder-counts.ts';

/** How far a consumer is in a partition, as offsets. */
export interface Progress {
  readonly committed: number | undefined;
  readonly newest: number;
  readonly lag: number;
}

interface Look extends Progress {
  readonly at: number;
}

/** Of a look that is older, nothing is known any more: the bus does not answer. */
const oldestMs = 3_000;

/**
 * A consumer that has a backlog and reads nothing for so long stands still. It commits what it has read batch by batch, which under load is
 * more rarely than it is looked at.
 */
const standstillMs = 5_000;

/** So many events wait in a backlog at least. */
const leastBacklog = 16;

/** A rate is known after so many looks at a backlog, one after the other. */
const looksToKnow = 4;

/** How much of a look is believed over what was known. */
const share = 0.3;

/** So much more than what was known is tried, where somebody was refused and there is no backlog. */
const growth = 1.5;

/**
 * How much may be sent to a partition until the next look at it, so that the consumer that decides it reads it in time: as much as it reads
 * until then and within that time, less what it has not read yet. How much it reads is learned while it has a backlog. What is sent
 * by this process is told by what its things have made the partition grow by; so where several send to it, each has its part.
 */
export class PartitionBudget {
  readonly #longestMs: number;
  #last: Look | undefined;
  /** The look from which it is counted how much the consumer reads: the last one at which it had read something. */
  #readSince: Look | undefined;
  #looks = 0;
  /** Events that the consumer reads in a second. */
  #perSecond = 0;
  /** By how many events the partition grew, and how many things this process sent to it: the older, the less it counts. */
  #grown = 0;
  #sentBefore = 0;
  #limit = Number.POSITIVE_INFINITY;
  #sent = new HolderCounts();
  #hasRefused = false;

  /** @param longestMs how long an event may wait for the consumer */
  constructor(longestMs: number) {
    this.#longestMs = longestMs;
  }

  /** A new look at the partition. */
  look(progress: Progress, now: number): void {
    const last = this.#last;
    const look = { ...progress, at: now };
    this.#last = look;
    const elapsedMs = last === undefined ? oldestMs : now - last.at;
    if (last !== undefined && elapsedMs <= oldestMs) this.#learn(last, look);
    else this.#readSince = look;
    const events = (this.#perSecond * (this.#longestMs + Math.min(elapsedMs, oldestMs))) / 1_000 - progress.lag;
    this.#limit = this.#isKnown ? Math.max(1, events / this.#eventsEach()) : Number.POSITIVE_INFINITY;
    this.#sent = new HolderCounts();
    this.#hasRefused = false;
  }

  /** Whether a tenant may send one more. */
  mayTake(tenant: string, now: number): boolean {
    if (this.#last === undefined || now - this.#last.at > oldestMs) return true;
    const may = mayHaveMore({ limit: this.#limit, size: this.#sent.size, ...this.#sent.of(tenant) });
    if (!may) this.#hasRefused = true;
    return may;
  }

  take(tenant: string): void {
    this.#sent.add(tenant);
  }

  /** How long an event would wait that is sent now, in milliseconds; 0 where it is not known. */
  get waitMs(): number {
    return this.#isKnown && this.#perSecond > 0 ? ((this.#last?.lag ?? 0) * 1_000) / this.#perSecond : 0;
  }

  get #isKnown(): boolean {
    return this.#looks >= looksToKnow;
  }

  #learn(last: Look, look: Look): void {
    const { committed, newest, lag, at } = look;
    const since = this.#readSince ?? last;
    const read = ((committed ?? 0) - (since.committed ?? committed ?? 0)) * (1_000 / (at - since.at));
    const isBacklog = Math.min(lag, last.lag) >= leastBacklog;
    if (read > 0 || !isBacklog || since.committed === undefined) this.#readSince = look;
    if (read <= 0 && isBacklog) {
      // What is sent is kept until it goes on, and nothing is known of how fast that will be.
      if (at - since.at >= standstillMs) this.#looks = 0;
    } else if (isBacklog) {
      this.#perSecond = this.#looks === 0 ? read : this.#perSecond + share * (read - this.#perSecond);
      this.#looks += 1;
    } else if (!this.#isKnown) {
      this.#looks = 0;
    } else if (this.#hasRefused) {
      this.#perSecond = Math.max(read, this.#perSecond * growth);
    }
    this.#grown = (1 - share) * this.#grown + newest - last.newest;
    this.#sentBefore = (1 - share) * this.#sentBefore + this.#sent.size;
  }

  /** By how many events the partition grows for each thing that this process sends to it. Some come later than at the next look. */
  #eventsEach(): number {
    return this.#sentBefore === 0 ? 1 : Math.max(1, this.#grown / this.#sentBefore);
  }
}
