import type { Held } from '../../async/fair-share.ts';
import { HolderCounts } from '../../async/holder-counts.ts';

/** Somebody who waits to be let in. */
export interface Waiter {
  readonly tenant: string;
  readonly letIn: () => void;
}

/** Those who wait to be let in, in the order in which they came. */
export class Door {
  readonly #waiting = new Set<Waiter>();
  readonly #counts = new HolderCounts();

  get size(): number {
    return this.#counts.size;
  }

  /** How many of a tenant wait, and how many tenants have some who do. */
  of(tenant: string): Held {
    return this.#counts.of(tenant);
  }

  wait(waiter: Waiter): void {
    this.#waiting.add(waiter);
    this.#counts.add(waiter.tenant);
  }

  /** Waits no longer. @returns whether it was still waiting */
  leave(waiter: Waiter): boolean {
    const isThere = this.#waiting.delete(waiter);
    if (isThere) this.#counts.remove(waiter.tenant);
    return isThere;
  }

  /** Lets in whoever may come in now. */
  open(mayEnter: (tenant: string) => boolean): void {
    // Who may not come in now may not after others have, either: each tenant is asked for until it may not.
    const full = new Set<string>();
    for (const waiter of this.#waiting) {
      if (full.has(waiter.tenant)) continue;
      if (mayEnter(waiter.tenant)) {
        this.leave(waiter);
        waiter.letIn();
      } else {
        full.add(waiter.tenant);
        if (full.size === this.#counts.holders) return;
      }
    }
  }
}
