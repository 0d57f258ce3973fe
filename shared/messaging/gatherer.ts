/**
 * Gathers items while the previous flush is under way and flushes them together: one flush at a time, in order. Nothing
 * waits when nothing is under way, and the batches grow by themselves under load.
 */
export class Gatherer<Item> {
  readonly #flush: (items: readonly Item[]) => Promise<void>;
  readonly #pause: () => Promise<void>;
  #waiting: Item[] = [];
  #running: Promise<void> | undefined;

  /**
   * @param flush deals with its own errors: it must not reject
   * @param pause how long to gather before each flush, where there is no hurry; neither may it reject
   */
  constructor(flush: (items: readonly Item[]) => Promise<void>, pause: () => Promise<void> = () => Promise.resolve()) {
    this.#flush = flush;
    this.#pause = pause;
  }

  /** How many items wait for the next flush. */
  get waiting(): number {
    return this.#waiting.length;
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
    do {
      await this.#pause();
      const items = this.#waiting;
      this.#waiting = [];
      await this.#flush(items);
    } while (this.#waiting.length > 0);
    this.#running = undefined;
  }
}
