import type { BusMessage } from './bus-message.ts';

/** Carries messages to the bus. */
export interface Transport {
  /** What carries the messages, for people who ask how things are: a protocol, no address. */
  readonly name: string;
  /**
   * Settles once the bus has acknowledged every message; keeps the order of messages with the same key.
   *
   * @throws MessageRefusedError when the bus will never take one of them; anything else may pass.
   */
  send(messages: readonly BusMessage[]): Promise<void>;
  /** Settles when the bus answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The bus is there and refuses a message for what it is: sending it again will not help. */
export class MessageRefusedError extends Error {
  override readonly name = 'MessageRefusedError';
}
