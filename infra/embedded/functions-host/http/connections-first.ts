/** A turn in which nothing begins takes a fraction of a millisecond, so this many hold up nobody. */
const turnsAtMost = 64;

/**
 * Lets requests begin once the connections that wait were accepted. Node accepts one in a turn of its event loop
 * (https://github.com/libuv/libuv/pull/3696), and a turn takes as long as all requests that begin in it: under load, who connects
 * would wait for seconds. So a request begins at the end of its turn, after what others have been answered in it, and in none that has
 * accepted a connection, for so many turns at most; then all that wait begin, in order.
 */
export class ConnectionsFirst {
  readonly #waiting: (() => void)[] = [];
  #hasAccepted = false;
  #turnsPassed = 0;

  /** A connection was accepted in this turn; another may wait. */
  accepted(): void {
    this.#hasAccepted = true;
  }

  /** Settles when a request may begin. */
  mayBegin(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) setImmediate(this.#begin);
    });
  }

  readonly #begin = (): void => {
    const passes = this.#hasAccepted && this.#turnsPassed < turnsAtMost;
    this.#hasAccepted = false;
    this.#turnsPassed = passes ? this.#turnsPassed + 1 : 0;
    if (passes) setImmediate(this.#begin);
    else for (const resolve of this.#waiting.splice(0)) resolve();
  };
}
