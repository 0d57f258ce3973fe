import { headersOf } from '../events/message-headers.ts';
import { topicKeyOf } from '../events/topic-key.ts';
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
    key: topicKeyOf(envelope),
    value: JSON.stringify(envelope),
    headers: { ...headersOf(envelope), ...headers },
  };
}
