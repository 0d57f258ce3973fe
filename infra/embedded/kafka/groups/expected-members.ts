/** Ids given to clients that were asked to come back with them (KIP-394), each for as long as its session would last. */
export class ExpectedMembers {
  readonly #clocks = new Map<string, NodeJS.Timeout>();
  readonly #onGivenUp: () => void;

  /** `onGivenUp` is called when a client has not come back in its time. */
  constructor(onGivenUp: () => void) {
    this.#onGivenUp = onGivenUp;
  }

  get size(): number {
    return this.#clocks.size;
  }

  expect(memberId: string, forMs: number): void {
    const giveUp = () => {
      this.#clocks.delete(memberId);
      this.#onGivenUp();
    };
    this.#clocks.set(memberId, setTimeout(giveUp, forMs).unref());
  }

  /** Expects it no longer; tells whether it was expected. */
  forget(memberId: string): boolean {
    clearTimeout(this.#clocks.get(memberId));
    return this.#clocks.delete(memberId);
  }

  clear(): void {
    for (const memberId of [...this.#clocks.keys()]) this.forget(memberId);
  }
}
