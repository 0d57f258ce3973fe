import type { Held } from './fair-share.ts';

/** How many of something there are, for each holder that has some. */
export class HolderCounts {
  readonly #ofHolder = new Map<string, number>();
  #size = 0;

  /** How many there are in all. */
  get size(): number {
    return this.#size;
  }

  /** How many holders have some. */
  get holders(): number {
    return this.#ofHolder.size;
  }

  of(holder: string): Held {
    const own = this.#ofHolder.get(holder) ?? 0;
    return { own, others: this.#ofHolder.size - (own === 0 ? 0 : 1) };
  }

  add(holder: string): void {
    this.#size += 1;
    this.#ofHolder.set(holder, (this.#ofHolder.get(holder) ?? 0) + 1);
  }

  remove(holder: string): void {
    const left = (this.#ofHolder.get(holder) ?? 0) - 1;
    this.#size -= 1;
    if (left > 0) this.#ofHolder.set(holder, left);
    else this.#ofHolder.delete(holder);
  }
}
