/** A turn in which nothing begins takes a fraction of a millisecond, so this many hold up nobody. */
const turnsAtMost = 64;

/**
 * Lets requests begin once the connections that wait were accepted. Node accepts one in a turn of its event loop
 * (https://github.com/libuv/libuv/pull/3696), and a turn takes as long as all requests that begin in it: under load, who connects
 * would wait for seconds. So requests wait from when a connection was accepted until a turn has accepted none, for so many turns at
 * most; then all begin, in order. Where nobody connects, nothing waits.
 */
export class ConnectionsFirst {
  readonly #waiting: (() => void)[] = [];
  #othersMayWait = false;
  #hasAccepted = false;
  #turnsPassed = 0;

  /** A connection was accepted in this turn; another may wait. */
  accepted(): void {
    this.#hasAccepted = true;
    if (this.#othersMayWait) return;
    this.#othersMayWait = true;
    setImmediate(this.#endTurn);
  }

  /** Settles when a request may begin: at once, where no connection may wait. */
  turn(): Promise<void> {
    return this.#othersMayWait ? new Promise((resolve) => void this.#waiting.push(resolve)) : Promise.resolve();
  }

  readonly #endTurn = (): void => {
    this.#othersMayWait = this.#hasAccepted && this.#turnsPassed < turnsAtMost;
    this.#hasAccepted = false;
    this.#turnsPassed = this.#othersMayWait ? this.#turnsPassed + 1 : 0;
    if (this.#othersMayWait) setImmediate(this.#endTurn);
    else for (const resolve of this.#waiting.splice(0)) resolve();
  };
}
