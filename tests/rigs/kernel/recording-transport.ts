import type { BusMessage } from '../../../shared/bus/bus-message.ts';
import type { Transport } from '../../../shared/bus/transport.ts';

/** Takes the bus's place towards the dispatcher: keeps what it is given, once the test lets it. */
export class RecordingTransport implements Transport {
  readonly name = 'a recording';
  /** What each acknowledged request carried. */
  readonly requests: (readonly BusMessage[])[] = [];
  /** What stands between a request and its acknowledgement; it may throw. */
  beforeAcknowledging: (messages: readonly BusMessage[]) => Promise<void> = async () => undefined;

  async send(messages: readonly BusMessage[]): Promise<void> {
    await this.beforeAcknowledging(messages);
    this.requests.push(messages);
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** The envelopes that were acknowledged, in order. */
  get sent() {
    return this.requests.flat().map(({ value }) => JSON.parse(value));
  }
}
