import { letGoWritten } from '../events/written-event.ts';
import type { OutboxMessage } from '../persistence/commit/outbox.ts';

/** A message as it goes over the wire. */
export interface BusMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function busMessage({ topic, envelope, headers }: OutboxMessage): BusMessage {
  const message = letGoWritten(envelope);
  return { topic, ...message, headers: { ...message.headers, ...headers } };
}
