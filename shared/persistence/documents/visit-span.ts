import { SpanKind } from '@opentelemetry/api';
import type { SpanDescription } from '../../telemetry/tracing.ts';
import type { StoredDocument } from './stored-document.ts';

/** The span of a visit to what is due; without a parent it begins a trace, since nobody asked for it. */
export function visitSpan(
  service: string,
  { kind, id, dueAt, dueAttempts }: StoredDocument,
  parent?: string,
): SpanDescription {
  return {
    name: `sweep ${service}`,
    kind: SpanKind.INTERNAL,
    attributes: {
      'lagerhaus.document.kind': kind,
      'lagerhaus.document.id': id,
      'lagerhaus.due_at': dueAt ?? '',
      'lagerhaus.due_attempts': dueAttempts ?? 0,
    },
    parent,
  };
}
