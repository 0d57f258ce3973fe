import { setImmediate } from 'node:timers/promises';

interface Source {
  open: number;
  done(): void;
  failed(reason: unknown): void;
}

/**
 * Makes batches of items that come in from several sides at once. One batch is processed at a time, in the order in
 * which its items came.
 */
export class BatchQueue<T> {
  readonly #process: (batch: T[]) => Promise<void>;
  readonly #maxSize: number;
  #waiting: { item: T; source: Source }[] = [];
  #busy = false;

  constructor(maxSize: number, process: (batch: T[]) => Promise<void>) {
    this.#maxSize = maxSize;
    this.#process = process;
  }

  /**
   * @returns when the last of the items is processed.
   * @throws what `process` threw, for every item that waited then: the ones behind a failure must not overtake it.
   */
  add(items: readonly T[]): Promise<void> {
    return new Promise((done, failed) => {
      if (items.length === 0) return done();
      const source = { open: items.length, done, failed };
      for (const item of items) this.#waiting.push({ item, source });
      if (!this.#busy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    // Items that come at the same moment, from other sides, belong into the first batch too.
    await setImmediate();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#maxSize);
      try {
        await this.#process(batch.map(({ item }) => item));
        for (const { source } of batch) if (--source.open === 0) source.done();
      } catch (error) {
        for (const { source } of [...batch, ...this.#waiting.splice(0)]) source.failed(error);
      }
    }
    this.#busy = false;
  }
}
