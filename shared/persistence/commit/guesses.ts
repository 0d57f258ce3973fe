import type { Tracked } from './tracked.ts';

/** The documents that a unit of work took to be new, or to be as this process last saw them, without a look. */
export class Guesses {
  readonly #made = new Set<Pick<Tracked<unknown>, 'isChanged'>>();

  add(document: Pick<Tracked<unknown>, 'isChanged'>): void {
    this.#made.add(document);
  }

  /** How many there were until now; give it to `forget`. */
  get count(): number {
    return this.#made.size;
  }

  /** Those beyond the first `kept` decided nothing after all. */
  forget(kept: number): void {
    for (const guess of [...this.#made].slice(kept)) this.#made.delete(guess);
  }

  /**
   * Whether one decided something that a commit will not prove. It proves those documents that it writes: each only if it
   * is new, or has the ETag that it was taken to have.
   */
  get areUnproven(): boolean {
    return [...this.#made].some(({ isChanged }) => !isChanged);
  }
}
