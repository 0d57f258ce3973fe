/** How many requests the host takes at once (host.json: extensions.http); -1 is any number. */
export interface Limits {
  /** Those that wait among them. */
  readonly maxOutstandingRequests: number;
  /** In functions. */
  readonly maxConcurrentRequests: number;
}

/**
 * Holds the requests to their limits, as the real host does: what is too much is refused at once, what is too much for the functions waits
 * in order
 * (https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.WebHost/Middleware/HttpThrottleMiddleware.cs).
 * A request takes a place while it is read, and is one of the concurrent ones from when a function is called: whoever sends slowly
 * keeps no function from others.
 */
export class Throttle {
  readonly #limits: Limits;
  readonly #waiting: (() => void)[] = [];
  #outstanding = 0;
  #running = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Runs the work with a place of its own. @returns false, and does nothing, when there is none. */
  async withPlace(work: () => Promise<void>): Promise<boolean> {
    const { maxOutstandingRequests: most } = this.#limits;
    if (most >= 0 && this.#outstanding >= most) return false;
    this.#outstanding += 1;
    try {
      await work();
    } finally {
      this.#outstanding -= 1;
    }
    return true;
  }

  /** Runs a function as soon as it may run. */
  async withTurn<T>(run: () => Promise<T>): Promise<T> {
    const { maxConcurrentRequests: most } = this.#limits;
    if (most >= 0 && this.#running >= most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await run();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
