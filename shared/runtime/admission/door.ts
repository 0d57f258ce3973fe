/** Somebody who waits to be let in. */
export interface Waiter {
  readonly tenant: string;
  readonly letIn: () => void;
}

/** Those who wait to be let in, in the order in which they came. */
export class Door {
  readonly #waiting = new Set<Waiter>();

  get size(): number {
    return this.#waiting.size;
  }

  /** How many of a tenant wait, and how many tenants have some who do. */
  of(tenant: string): { readonly ofTenant: number; readonly others: number } {
    let ofTenant = 0;
    const others = new Set<string>();
    for (const one of this.#waiting) {
      if (one.tenant === tenant) ofTenant += 1;
      else others.add(one.tenant);
    }
    return { ofTenant, others: others.size };
  }

  wait(waiter: Waiter): void {
    this.#waiting.add(waiter);
  }

  /** Waits no longer. @returns whether it was still waiting */
  leave(waiter: Waiter): boolean {
    return this.#waiting.delete(waiter);
  }

  /** Lets in whoever may come in now. */
  open(mayEnter: (tenant: string) => boolean): void {
    for (const waiter of this.#waiting) {
      if (!mayEnter(waiter.tenant)) continue;
      this.#waiting.delete(waiter);
      waiter.letIn();
    }
  }
}
