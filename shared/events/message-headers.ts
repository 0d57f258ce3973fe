import { wellFormedTraceparent } from '../telemetry/traceparent.ts';
import type { Envelope } from './envelope.ts';

/** Names the one subscriber that a replayed event is for; every other one drops it. */
export const replayForHeader = 'replayfor';

/** The headers of a message: what tools filter by without parsing, and the trace. */
export function headersOf(envelope: Envelope): Record<string, string> {
  const traceparent = wellFormedTraceparent(envelope.traceparent);
  return {
    type: envelope.type,
    id: envelope.id,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
