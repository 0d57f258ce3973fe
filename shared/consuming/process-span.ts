import { SpanKind } from '@opentelemetry/api';
import type { SpanDescription } from '../telemetry/tracing.ts';
import type { Task } from './reaction.ts';

/**
 * The span of one reaction to one event, a child of whatever made the event.
 * Source: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
export function processSpan({ reaction, event, record: { topic } }: Task, consumerGroup: string): SpanDescription {
  return {
    name: `process ${topic}`,
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'kafka',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': topic,
      'messaging.destination.subscription.name': reaction.name,
      'messaging.consumer.group.name': consumerGroup,
      'messaging.message.id': event.id,
      'messaging.message.conversation_id': event.correlationId,
      'cloudevents.event_id': event.id,
      'cloudevents.event_type': event.type,
      'cloudevents.event_subject': event.subject,
    },
    parent: event.traceparent,
  };
}
