import type { Held } from '../../async/fair-share.ts';
import { HolderCounts } from '../../async/holder-counts.ts';

/** Somebody who was let in, and since when (milliseconds since the epoch). */
export interface Entry {
  readonly tenant: string;
  readonly since: number;
}

interface Accepted extends Entry {
  readonly acceptedAt: number;
}

/** What has come of a look at what was decided: see `expire`. */
export interface Expired {
  /** So many were overtaken since the last look, and count no longer. */
  readonly overtaken: number;
  /** When the oldest was accepted that is counted. */
  readonly oldestAt: number | undefined;
}

/**
 * What was accepted is counted until something is decided that was accepted so much later. Then this process will not hear of it soon: it
 * is a dead letter, or another process decides it. Where nothing is decided at all, everything counts: it will be decided first once the
 * bus is back.
 */
const overtakenMs = 2_000;

/** By so much it is overtaken when it is forgotten. Until then a decision is known for what it is. */
const forgottenMs = 10_000;

/** So many are known at most. Of more than that none is counted: the oldest, which are decided first, tell that there are many. */
const most = 50_000;

/** Unless they are as old as this: then hardly anybody will tell of them, and they give way to newer ones. */
const oldMs = 10 * 60_000;

/** What a process has let in and does not know to be decided, counted for each tenant. */
export class Undecided {
  readonly #counts = new HolderCounts();
  /** In the order in which they were accepted: those that are counted, then those that are only remembered. */
  readonly #counted = new Map<string, Accepted>();
  readonly #remembered = new Map<string, Accepted>();
  /** When the last of those that are decided was accepted. */
  #decidedTo = Number.NEGATIVE_INFINITY;

  /** How many there are, with those whose requests are under way. */
  get size(): number {
    return this.#counts.size;
  }

  /** How many a tenant has, and how many others have some. */
  of(tenant: string): Held {
    return this.#counts.of(tenant);
  }

  enter({ tenant }: Entry): void {
    this.#counts.add(tenant);
  }

  leave({ tenant }: Entry): void {
    this.#counts.remove(tenant);
  }

  /** It is there now, undecided. What shares its key with another counts once. */
  accept(entry: Entry, key: string, acceptedAt: number): void {
    const before = this.#counted.get(key);
    if (before !== undefined) this.leave(before);
    this.#counted.delete(key);
    const [oldest] = this.#counted;
    const isFull = this.#counted.size + this.#remembered.size >= most;
    if (isFull && oldest !== undefined && acceptedAt - oldest[1].acceptedAt >= oldMs) {
      this.#counted.delete(oldest[0]);
      this.leave(oldest[1]);
    }
    if (this.#counted.size + this.#remembered.size < most) this.#counted.set(key, { ...entry, acceptedAt });
    else this.leave(entry);
  }

  knows(key: string): boolean {
    return this.#counted.has(key) || this.#remembered.has(key);
  }

  /** It is decided. @returns nothing, where it is none of those that are known */
  decide(key: string): Entry | undefined {
    const counted = this.#counted.get(key);
    const one = counted ?? this.#remembered.get(key);
    if (one === undefined) return undefined;
    this.#counted.delete(key);
    this.#remembered.delete(key);
    if (counted !== undefined) this.leave(counted);
    this.#decidedTo = Math.max(this.#decidedTo, one.acceptedAt);
    return one;
  }

  /** Counts no longer what others have overtaken, and forgets what nobody will tell of. */
  expire(): Expired {
    let overtaken = 0;
    for (const [key, one] of this.#counted) {
      if (this.#decidedTo - one.acceptedAt < overtakenMs) break;
      this.#counted.delete(key);
      this.#remembered.set(key, one);
      this.leave(one);
      overtaken += 1;
    }
    for (const [key, { acceptedAt }] of this.#remembered) {
      if (this.#decidedTo - acceptedAt < forgottenMs) break;
      this.#remembered.delete(key);
    }
    const [oldest] = this.#counted.values();
    return { overtaken, oldestAt: oldest?.acceptedAt };
  }
}
