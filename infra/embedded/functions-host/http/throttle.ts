/** host.json's limits on HTTP; -1 is none. */
export interface ThrottleLimits {
  readonly maxConcurrentRequests: number;
  readonly maxOutstandingRequests: number;
}

/**
 * Runs at most so many requests at once, keeps the others waiting in order, and refuses when too many are under way or
 * waiting (https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook#hostjson-settings).
 */
export class Throttle {
  readonly #concurrent: number;
  readonly #outstanding: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ maxConcurrentRequests, maxOutstandingRequests }: ThrottleLimits) {
    this.#concurrent = maxConcurrentRequests < 0 ? Number.POSITIVE_INFINITY : maxConcurrentRequests;
    this.#outstanding = maxOutstandingRequests < 0 ? Number.POSITIVE_INFINITY : maxOutstandingRequests;
  }

  /** @returns false, without running it, when the request has to be answered with 429. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.#running + this.#waiting.length >= this.#outstanding) return false;
    if (this.#running >= this.#concurrent) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
    return true;
  }
}
