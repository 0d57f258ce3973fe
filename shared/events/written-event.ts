import type { Envelope } from './envelope.ts';
import { headersOf } from './message-headers.ts';
import type { SizedMessage } from './message-size.ts';
import { topicKeyOf } from './topic-key.ts';

const written = new WeakMap<Envelope, SizedMessage>();

/** An event as it goes over the wire. It is written once: before its commit, which asks for its size, and the same is sent afterwards (`letGoWritten`). */
export function writtenEvent(envelope: Envelope): SizedMessage {
  const before = written.get(envelope);
  if (before !== undefined) return before;
  const message = { key: topicKeyOf(envelope), value: JSON.stringify(envelope), headers: headersOf(envelope) };
  written.set(envelope, message);
  return message;
}

/** As `writtenEvent`, for whoever sends it: it is kept no longer, while its event may be remembered with its document. */
export function letGoWritten(envelope: Envelope): SizedMessage {
  const message = writtenEvent(envelope);
  written.delete(envelope);
  return message;
}
