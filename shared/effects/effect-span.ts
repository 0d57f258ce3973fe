import { SpanKind } from '@opentelemetry/api';
import type { SpanDescription } from '../telemetry/tracing.ts';
import type { ClaimedDocument } from './claimed-document.ts';

/** The span of one attempt, from its claim to its end; it begins a trace, as a visit of the sweep does. */
export function effectSpan(effect: string, { document, attempt }: ClaimedDocument): SpanDescription {
  return {
    name: `perform ${effect}`,
    kind: SpanKind.CLIENT,
    attributes: {
      'lagerhaus.document.kind': document.kind,
      'lagerhaus.document.id': document.id,
      'lagerhaus.attempt': attempt.number,
    },
    parent: undefined,
  };
}
