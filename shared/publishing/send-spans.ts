import { SpanKind } from '@opentelemetry/api';
import type { BusMessage } from '../bus/bus-message.ts';
import type { SpanDescription } from '../telemetry/tracing.ts';

/**
 * The spans of one request to the bus: one for each trace and topic that has messages in it, a child of what made them.
 * Messages outside any trace have none.
 * Source: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
export function sendSpans(messages: readonly BusMessage[]): readonly SpanDescription[] {
  const byOrigin = Map.groupBy(messages, ({ topic, headers: { traceparent } }) => `${traceparent} ${topic}`);
  return [...byOrigin.values()].flatMap((ofOne) => {
    const [first] = ofOne;
    const parent = first?.headers.traceparent;
    if (first === undefined || parent === undefined) return [];
    return [
      {
        name: `send ${first.topic}`,
        kind: SpanKind.PRODUCER,
        attributes: {
          'messaging.system': 'kafka',
          'messaging.operation.name': 'send',
          'messaging.operation.type': 'send',
          'messaging.destination.name': first.topic,
          'messaging.batch.message_count': ofOne.length,
        },
        parent,
      },
    ];
  });
}
