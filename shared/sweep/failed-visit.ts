import { later } from '../clock.ts';
import { errorClassOf } from '../consuming/error-class.ts';
import type { Cause } from '../events/cause.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import { traceIdOf } from '../telemetry/trace-context.ts';
import { parkDeadline } from './park-deadline.ts';

/** Who visited in vain, and why. */
export interface FailedVisit {
  readonly service: string;
  readonly cause: Cause;
  readonly error: unknown;
}

/** After so many visits in vain, some ten minutes, a document is parked as a dead letter. */
const maxVisits = 8;
const firstPostponeMs = 5_000;
/** The store or another writer was in the way: the document is visited again soon, and however often it takes. */
const networkPostponeMs = 10_000;

/**
 * Moves `dueAt` of a document on that was visited in vain, so that it stands in nobody's way, and in the end parks it. Tells
 * whether it is out of the way: where the store takes nothing of its boundary, it stays due.
 */
export async function seeToFailure(document: StoredDocument, failed: FailedVisit, runtime: Runtime): Promise<boolean> {
  const { clock, log } = runtime;
  const { service, cause, error } = failed;
  const { dueAttempts = 0 } = document;
  const attempts = dueAttempts + (errorClassOf(error) === 'network' ? 0 : 1);
  const about = { service, document: document.id, attempts, traceId: traceIdOf(cause.traceparent) };
  log.warn('deadline visit failed, next try later', { ...about, error: errorText(error) });
  const postpone = async (change: { readonly dueAttempts?: number; readonly dueAt: string }) => {
    const { dueSince = document.dueAt } = document;
    // Somebody who changed the document meanwhile has decided otherwise.
    await runtime.containerOf(service).replaceIfUnchanged({ ...document, ...change, dueSince });
  };
  const soon = { dueAt: later(clock.now(), networkPostponeMs) };
  try {
    if (attempts === dueAttempts) await postpone(soon);
    else if (attempts < maxVisits)
      await postpone({ dueAttempts: attempts, dueAt: later(clock.now(), firstPostponeMs * 2 ** (attempts - 1)) });
    else
      await parkDeadline(document, { ...failed, attempts }, runtime).catch(async (trouble: unknown) => {
        log.warn('deadline could not be parked, next try later', { ...about, error: errorText(trouble) });
        await postpone(soon);
      });
    return true;
  } catch (trouble) {
    log.warn('deadline could not be postponed, it stays due', { ...about, error: errorText(trouble) });
    return false;
  }
}
