import type { Cause } from '../events/cause.ts';
import { parseBoundary, type StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { traceContext } from '../telemetry/trace-context.ts';

/** A visit begins something new: nobody asked for it. */
export function causeOfVisit({ boundary }: Pick<StoredDocument, 'boundary'>, { newId }: Pick<Runtime, 'newId'>): Cause {
  const { traceparent } = traceContext(undefined);
  return { tenant: parseBoundary(boundary).tenant, correlationId: newId(), traceparent };
}
