import { SpanKind } from '@opentelemetry/api';
import type { Cause } from '../../events/cause.ts';
import type { SpanDescription } from '../../telemetry/tracing.ts';
import { type CommitParts, operationsIn } from './commit-batch.ts';

/**
 * The spans of one commit: a group commit serves the traces of all events in it, and each of them shows it.
 * Source: https://opentelemetry.io/docs/specs/semconv/database/cosmosdb/
 */
export function commitSpans(container: string, parts: CommitParts, cause: Cause): readonly SpanDescription[] {
  const told = new Set(parts.outbox?.messages.map(({ envelope }) => envelope.traceparent));
  const parents = told.size === 0 ? [cause.traceparent] : [...told];
  const attributes = {
    'db.system.name': 'azure.cosmosdb',
    'db.collection.name': container,
    'db.operation.name': 'execute_batch',
    'db.operation.batch.size': operationsIn(parts),
  };
  const name = `execute_batch ${container}`;
  return parents.map((parent) => ({ name, kind: SpanKind.CLIENT, attributes, parent }));
}
