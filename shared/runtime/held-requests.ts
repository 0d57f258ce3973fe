/**
 * So many requests of a process stand still at once, of the hundred that the Functions host runs (`maxConcurrentRequests` in host.json):
 * the others are for whoever is answered at once, refusals, reads and logins among them.
 */
const most = 75;

/** The requests of a process that wait for something to be decided: to be let in, or for what they have made. */
export class HeldRequests {
  #size = 0;

  /** Whether no other may be held. */
  get isFull(): boolean {
    return this.#size >= most;
  }

  /** Holds a request for as long as it waits. */
  async whileWaiting<T>(wait: () => Promise<T>): Promise<T> {
    this.#size += 1;
    try {
      return await wait();
    } finally {
      this.#size -= 1;
    }
  }
}
