import { SpanKind } from '@opentelemetry/api';
import type { OutboxDocument } from '../persistence/commit/outbox.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { SpanDescription } from '../telemetry/tracing.ts';

/** The span of a visit to what is due: nobody asked for it, so it begins a trace. */
export function visitSpan(service: string, { kind, id, dueAt, dueAttempts }: StoredDocument): SpanDescription {
  return {
    name: `sweep ${service}`,
    kind: SpanKind.INTERNAL,
    attributes: {
      'lagerhaus.document.kind': kind,
      'lagerhaus.document.id': id,
      'lagerhaus.due_at': dueAt ?? '',
      'lagerhaus.due_attempts': dueAttempts ?? 0,
    },
    parent: undefined,
  };
}

/** The spans of a commit whose sending was left to the sweep, one in each trace that waits for it. */
export function foundSpans(service: string, outbox: OutboxDocument): readonly SpanDescription[] {
  const parents = new Set(outbox.messages.map(({ envelope }) => envelope.traceparent));
  return [...parents].map((parent) => ({ ...visitSpan(service, outbox), parent }));
}
