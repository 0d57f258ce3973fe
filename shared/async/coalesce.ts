import { EndablePause } from './endable-pause.ts';

export interface Gathering {
  /** How long the first of a batch waits for others, in milliseconds, unless somebody hurries. */
  readonly gatherMs: number;
  /** So many do not wait for more. */
  readonly full: number;
}

const notAtAll: Gathering = { gatherMs: 0, full: 1 };

/**
 * Collects items while the previous flush is under way and flushes them together: one flush at a time, in order. Where no
 * time to gather is given, nothing waits when nothing is under way, and the batches grow by themselves under load.
 */
export class Coalescer<Item> {
  readonly #flush: (items: readonly Item[]) => Promise<void>;
  readonly #gathering: Gathering;
  #waiting: Item[] = [];
  #running: Promise<void> | undefined;
  #isHurried = false;
  #idlers = 0;
  readonly #pause = new EndablePause();

  /** @param flush deals with its own errors: it must not reject */
  constructor(flush: (items: readonly Item[]) => Promise<void>, gathering = notAtAll) {
    this.#flush = flush;
    this.#gathering = gathering;
  }

  add(...items: readonly Item[]): void {
    this.#waiting.push(...items);
    this.#running ??= this.#run();
    if (this.#isFull) this.#pause.end();
  }

  /** What has been added does not wait for others. */
  hurry(): void {
    this.#isHurried = true;
    this.#pause.end();
  }

  /** Settles when nothing waits and nothing is under way; nothing waits for others meanwhile. */
  async idle(): Promise<void> {
    this.#idlers += 1;
    this.#pause.end();
    await this.#running;
    this.#idlers -= 1;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      if (!this.#isFull && !this.#isHurried && this.#idlers === 0) await this.#pause.lasting(this.#gathering.gatherMs);
      const items = this.#waiting;
      this.#waiting = [];
      this.#isHurried = false;
      await this.#flush(items);
    }
    this.#running = undefined;
  }

  get #isFull(): boolean {
    return this.#waiting.length >= this.#gathering.full;
  }
}
