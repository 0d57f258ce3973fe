import { errorText, type Log } from '../telemetry/log.ts';

/** Tells the log what has changed about a topic, each thing once: an outage of hours is not a line a second. */
export class BusStatusLog {
  readonly #log: Log;
  readonly #topic: string;
  #failure: string | undefined;
  #isAway = false;

  constructor(log: Log, topic: string) {
    this.#log = log;
    this.#topic = topic;
  }

  /** Sending failed. */
  failed(error: unknown): void {
    const text = errorText(error);
    if (text !== this.#failure) this.#log.warn('sending events to the bus failed', { topic: this.#topic, error: text });
    this.#failure = text;
  }

  /** It has failed too often: sending is left alone for a while. */
  away(): void {
    if (!this.#isAway) this.#log.warn('topic unwritable, its events wait in the outbox', { topic: this.#topic });
    this.#isAway = true;
  }

  /** Something was sent. */
  sent(): void {
    if (this.#isAway) this.#log.info('topic writable again, its events are sent', { topic: this.#topic });
    this.#isAway = false;
    this.#failure = undefined;
  }
}
