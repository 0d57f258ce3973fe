import { headersOf } from '../events/message-headers.ts';
import type { OutboxMessage } from '../persistence/commit/outbox.ts';

/** A message as it goes over the wire. */
export interface BusMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function busMessage({ topic, envelope, headers }: OutboxMessage): BusMessage {
  return {
    topic,
    key: envelope.partitionkey,
    value: JSON.stringify(envelope),
    headers: { ...headersOf(envelope), ...headers },
  };
}
