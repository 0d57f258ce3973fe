import { errorText, type Log } from '../telemetry/log.ts';

/** Tells the log what has changed about the bus, each thing once: an outage of hours is not a line a second. */
export class BusStatusLog {
  readonly #log: Log;
  #failure: string | undefined;
  #isAway = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Sending failed. */
  failed(error: unknown): void {
    const text = errorText(error);
    if (text !== this.#failure) this.#log.warn('sending events to the bus failed', { error: text });
    this.#failure = text;
  }

  /** It has failed too often: sending is left alone for a while. */
  away(): void {
    if (!this.#isAway) this.#log.warn('bus unreachable, events wait in the outbox');
    this.#isAway = true;
  }

  /** Something was sent. */
  sent(): void {
    if (this.#isAway) this.#log.info('bus reachable again, events are sent');
    this.#isAway = false;
    this.#failure = undefined;
  }
}
