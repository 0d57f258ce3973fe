import { Coalescer, type Gathering } from './coalesce.ts';

/** A coalescer for each key, made when something is added under it: so what belongs to one waits behind nothing of another. */
export class Coalescers<Key, Item> {
  readonly #flush: (items: readonly Item[], key: Key) => Promise<void>;
  readonly #gathering: Gathering;
  readonly #of = new Map<Key, Coalescer<Item>>();

  /** @param flush deals with its own errors: it must not reject */
  constructor(flush: (items: readonly Item[], key: Key) => Promise<void>, gathering: Gathering) {
    this.#flush = flush;
    this.#gathering = gathering;
  }

  /** @returns the coalescer that has it now */
  add(key: Key, item: Item): Coalescer<Item> {
    const coalescer = this.#of.get(key) ?? new Coalescer((items) => this.#flush(items, key), this.#gathering);
    this.#of.set(key, coalescer);
    coalescer.add(item);
    return coalescer;
  }

  /** Settles when nothing waits and nothing is under way; nothing waits for others meanwhile. */
  async idle(): Promise<void> {
    await Promise.all([...this.#of.values()].map((coalescer) => coalescer.idle()));
  }
}
