/**
 * Collects items while the previous flush is under way and flushes them together: one flush at a time, in order. Nothing
 * waits when nothing is under way, and the batches grow by themselves under load.
 */
export class Coalescer<Item> {
  readonly #flush: (items: readonly Item[]) => Promise<void>;
  #waiting: Item[] = [];
  #running: Promise<void> | undefined;

  /** @param flush deals with its own errors: it must not reject */
  constructor(flush: (items: readonly Item[]) => Promise<void>) {
    this.#flush = flush;
  }

  add(...items: readonly Item[]): void {
    this.#waiting.push(...items);
    this.#running ??= this.#run();
  }

  /** Settles when nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const items = this.#waiting;
      this.#waiting = [];
      await this.#flush(items);
    }
    this.#running = undefined;
  }
}
