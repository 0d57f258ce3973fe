/** Somebody who was let in, and since when (milliseconds since the epoch). */
export interface Entry {
  readonly tenant: string;
  readonly since: number;
}

interface Accepted extends Entry {
  readonly acceptedAt: number;
}

/** What has come of a look at the time: see `expire`. */
export interface Expired {
  /** So many are counted no longer: they have waited for as long as anything is counted. */
  readonly uncounted: number;
  /** When those were accepted that nobody has told of for so long that nobody will, the oldest first. */
  readonly unheardOf: readonly number[];
}

/**
 * For so long what was accepted is counted. Longer waits only what this process will not hear of: a dead letter, what another
 * process decides, what waits for a bus that is away.
 */
export const countedForMs = 2_000;

/** For so long it is remembered after it was accepted, so that a decision is known for what it is. */
const rememberedForMs = 10_000;

/** So many are remembered at most, counted or not. */
const most = 10_000;

/** What a process has let in and does not know to be decided, counted for each tenant. */
export class Undecided {
  readonly #ofTenant = new Map<string, number>();
  /** In the order in which they were accepted: those that are counted, then those that are only remembered. */
  readonly #counted = new Map<string, Accepted>();
  readonly #remembered = new Map<string, Accepted>();
  #size = 0;

  /** How many there are, with those whose requests are under way. */
  get size(): number {
    return this.#size;
  }

  /** How many a tenant has, and how many others have some. */
  of(tenant: string): { readonly ofTenant: number; readonly others: number } {
    const ofTenant = this.#ofTenant.get(tenant) ?? 0;
    return { ofTenant, others: this.#ofTenant.size - (ofTenant === 0 ? 0 : 1) };
  }

  enter(entry: Entry): void {
    this.#size += 1;
    this.#ofTenant.set(entry.tenant, this.of(entry.tenant).ofTenant + 1);
  }

  leave({ tenant }: Entry): void {
    const left = this.of(tenant).ofTenant - 1;
    this.#size -= 1;
    if (left > 0) this.#ofTenant.set(tenant, left);
    else this.#ofTenant.delete(tenant);
  }

  /** It is there now, undecided. What shares its key with another counts once. */
  accept(entry: Entry, key: string, acceptedAt: number): void {
    const before = this.#counted.get(key);
    if (before !== undefined) this.leave(before);
    this.#counted.delete(key);
    this.#counted.set(key, { ...entry, acceptedAt });
    for (const [oldest, one] of this.#counted) {
      if (this.#counted.size <= most) break;
      this.#uncount(oldest, one);
    }
  }

  /** It is decided. @returns nothing, where it is none of those that are remembered */
  decide(key: string): Entry | undefined {
    const counted = this.#counted.get(key);
    if (counted !== undefined) {
      this.#counted.delete(key);
      this.leave(counted);
      return counted;
    }
    const remembered = this.#remembered.get(key);
    this.#remembered.delete(key);
    return remembered;
  }

  /** Counts no longer what has waited for too long, and forgets what nobody will tell of. */
  expire(now: number): Expired {
    let uncounted = 0;
    for (const [key, one] of this.#counted) {
      if (now - one.acceptedAt < countedForMs) break;
      this.#uncount(key, one);
      uncounted += 1;
    }
    const unheardOf: number[] = [];
    for (const [key, { acceptedAt }] of this.#remembered) {
      const isOver = now - acceptedAt >= rememberedForMs;
      if (!isOver && this.#remembered.size <= most) break;
      this.#remembered.delete(key);
      if (isOver) unheardOf.push(acceptedAt);
    }
    return { uncounted, unheardOf };
  }

  #uncount(key: string, one: Accepted): void {
    this.#counted.delete(key);
    this.#remembered.set(key, one);
    this.leave(one);
  }
}
