import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import { traceIdOf } from '../telemetry/trace-context.ts';
import { type AfterFailure, afterFailure } from './after-failure.ts';
import { type FailedVisit, parkDeadline } from './park-deadline.ts';

/**
 * Gets a document out of the way that was visited in vain: it is postponed, and in the end parked; what this code does not
 * understand is left as it is. Tells whether it is out of the way: where the store takes nothing of its boundary, it stays due.
 */
export async function seeToFailure(document: StoredDocument, failed: FailedVisit, runtime: Runtime): Promise<boolean> {
  const { service, cause, error } = failed;
  const next = afterFailure(document, error, runtime.clock.now());
  const about = { service, document: document.id, traceId: traceIdOf(cause.traceparent) };
  if (next.kind === 'left') {
    runtime.log.info('due document left to newer code', { ...about, error: errorText(error) });
    return true;
  }
  runtime.log.warn('deadline visit failed, next try later', {
    ...about,
    attempts: next.attempts,
    error: errorText(error),
  });
  try {
    if (next.kind === 'postponed') await postpone(document, next, failed, runtime);
    else await parkDeadline(document, { ...failed, attempts: next.attempts }, runtime);
    return true;
  } catch (trouble) {
    runtime.log.warn('due document could not be moved, it stays due', { ...about, error: errorText(trouble) });
    return next.kind === 'parked';
  }
}

/** Somebody who changed the document meanwhile has decided otherwise. */
async function postpone(
  document: StoredDocument,
  { dueAt, attempts }: Extract<AfterFailure, { kind: 'postponed' }>,
  { service }: FailedVisit,
  { containerOf }: Runtime,
): Promise<void> {
  const { dueAttempts: _, dueSince = document.dueAt, ...rest } = document;
  const counted = attempts === 0 ? {} : { dueAttempts: attempts };
  await containerOf(service).replaceIfUnchanged({ ...rest, ...counted, dueAt, dueSince });
}
