import { SpanKind } from '@opentelemetry/api';
import type { Cause } from '../../events/cause.ts';
import type { SpanDescription, TellSpans, Tracing } from '../../telemetry/tracing.ts';
import type { Charge, DocumentContainer } from '../documents/document-container.ts';
import type { CommitParts } from './change.ts';
import { operationsIn } from './commit-batch.ts';

/**
 * The spans of one commit: a group commit serves the traces of all events in it, and each of them shows it.
 * Source: https://opentelemetry.io/docs/specs/semconv/database/cosmosdb/
 */
function commitSpans(
  { name: container, database, endpoint }: Pick<DocumentContainer, 'name' | 'database' | 'endpoint'>,
  parts: CommitParts,
  cause: Cause,
): readonly SpanDescription[] {
  const told = new Set(parts.outbox?.messages.map(({ envelope }) => envelope.traceparent));
  const parents = told.size === 0 ? [cause.traceparent] : [...told];
  const attributes = {
    'db.system.name': 'azure.cosmosdb',
    'db.namespace': database,
    'db.collection.name': container,
    'db.operation.name': 'execute_batch',
    'db.operation.batch.size': operationsIn(parts),
    'azure.cosmosdb.connection.mode': 'gateway',
    'server.address': endpoint.hostname,
    // A URL leaves out the port of its protocol, as the conventions want it.
    ...(endpoint.port === '' ? {} : { 'server.port': Number(endpoint.port) }),
  };
  const name = `execute_batch ${container}`;
  return parents.map((parent) => ({ name, kind: SpanKind.CLIENT, attributes, parent }));
}

/** What a commit was charged, every sending of it and every look whether it was written: the whole of it in each of its spans. */
function tellingCharge(tell: TellSpans): Charge {
  let sum = 0;
  return (_operation, requestUnits) => {
    sum += requestUnits;
    tell({ 'azure.cosmosdb.operation.request_charge': sum });
  };
}

interface TracedCommit {
  readonly container: DocumentContainer;
  readonly parts: CommitParts;
  readonly cause: Cause;
}

/** Commits within the spans that tell of it, where somebody takes spans: to the container that is handed over, which counts what it is charged. */
export function withCommitSpans(
  tracing: Tracing | undefined,
  { container, parts, cause }: TracedCommit,
  commit: (to: DocumentContainer) => Promise<void>,
): Promise<void> {
  if (tracing === undefined) return commit(container);
  return tracing.withinEach(commitSpans(container, parts, cause), (tell) =>
    commit(container.charging(tellingCharge(tell))),
  );
}
