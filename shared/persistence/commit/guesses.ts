/** The documents that a unit of work took to be new, or to be as this process last saw them, without a look. */
export class Guesses {
  #made: (() => boolean)[] = [];

  /** A guess, and whether the commit writes the document as things are: it does so only where the guess was right. */
  add(isWritten: () => boolean): void {
    this.#made.push(isWritten);
  }

  /** How many there were until now; give it to `forget`. */
  get count(): number {
    return this.#made.length;
  }

  /** Those beyond the first `kept` decided nothing after all. */
  forget(kept: number): void {
    this.#made = this.#made.slice(0, kept);
  }

  /**
   * Whether one decided something that a commit will not prove. It proves those documents that it writes: each only if it
   * is new, or has the ETag that it was taken to have.
   */
  get areUnproven(): boolean {
    return this.#made.some((isWritten) => !isWritten());
  }
}
