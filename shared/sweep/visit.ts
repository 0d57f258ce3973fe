import { withTimeout } from '../async/timeout.ts';
import type { Deadline } from '../capabilities/deadline.ts';
import type { Cause } from '../events/cause.ts';
import { repeatableIds } from '../ids.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import { NewerDocumentError } from '../persistence/documents/store-errors.ts';
import { idWithin, type StoredDocument, storedBoundary } from '../persistence/documents/stored-document.ts';
import { visitSpan } from '../persistence/documents/visit-span.ts';
import { Reader } from '../persistence/reading/reader.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { markFailed, traceparentOf } from '../telemetry/tracing.ts';
import { causeOfVisit } from './cause-of-visit.ts';
import { seeToFailure } from './failed-visit.ts';

/** Who visits, and for which service. */
export interface Visitors {
  readonly name: string;
  readonly deadlines: readonly Deadline[];
}

/** A handler that takes longer has failed: it must not keep the others from their turn. */
const longestVisitMs = 60_000;

/** Hands a document that is due to the deadline that owns its kind; tells whether the document has been seen to. */
export async function visit(document: StoredDocument, visitors: Visitors, runtime: Runtime): Promise<boolean> {
  const { tracing } = runtime;
  const cause = causeOfVisit(document, runtime);
  if (tracing === undefined) return visitFor(cause, document, visitors, runtime);
  return tracing.within(visitSpan(visitors.name, document), (span) =>
    visitFor({ ...cause, traceparent: traceparentOf(span) }, document, visitors, runtime, (error) =>
      markFailed(span, error),
    ),
  );
}

async function visitFor(
  cause: Cause,
  document: StoredDocument,
  { name, deadlines }: Visitors,
  runtime: Runtime,
  onFailure: (error: unknown) => void = () => undefined,
): Promise<boolean> {
  const { id, boundary, kind, dueAt = '', dueSince = dueAt } = document;
  const owner = deadlines.find((deadline) => deadline.kind === kind);
  try {
    if (owner === undefined) throw new NewerDocumentError(`${name} has no deadline for documents of kind ${kind}`);
    const open = (stored: string) => runtime.openUnitOfWork({ service: name, boundary: stored, cause });
    const work = open(boundary);
    const opened: UnitOfWork[] = [];
    const visiting = owner.visit(idWithin(id), dueAt, work, {
      now: runtime.clock.now(),
      newId: repeatableIds('deadline', name, boundary, id, dueSince),
      settings: runtime.settings,
      tenant: cause.tenant,
      health: runtime.health,
      reader: new Reader(runtime.containerOf(name), cause.tenant),
      lookup: runtime.lookupOf(cause.tenant),
      unitOfWork(unstored) {
        const other = open(storedBoundary(cause.tenant, unstored));
        opened.push(other);
        return other;
      },
    });
    await withTimeout(visiting, longestVisitMs);
    for (const one of [...opened, work]) await one.commit();
    return true;
  } catch (error) {
    onFailure(error);
    return seeToFailure(document, { service: name, cause, error, owner }, runtime);
  }
}
