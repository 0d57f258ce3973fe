import { wellFormedTraceparent } from '../telemetry/traceparent.ts';
import type { Envelope } from './envelope.ts';

/** Names the one subscriber that a replayed event is for; every other one drops it. */
export const replayForHeader = 'replayfor';

/**
 * Says that the message's value is the event with all its attributes: the structured mode of CloudEvents, whose SDKs take a message
 * without it for one in the binary mode. (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md#33-structured-content-mode)
 */
export const eventContentType = 'application/cloudevents+json';

/** The headers of a message: its form, what tools filter by without parsing, and the trace. No reader of ours needs them. */
export function headersOf(envelope: Envelope): Record<string, string> {
  const traceparent = wellFormedTraceparent(envelope.traceparent);
  return {
    'content-type': eventContentType,
    type: envelope.type,
    id: envelope.id,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
