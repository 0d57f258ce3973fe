import { later } from '../clock.ts';
import { errorClassOf } from '../consuming/error-class.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';

/** What becomes of a document that was visited in vain; `attempts` are those that count. */
export type AfterFailure =
  | { readonly kind: 'left' }
  | { readonly kind: 'postponed'; readonly dueAt: string; readonly attempts: number }
  | { readonly kind: 'parked'; readonly attempts: number };

/** After so many visits in vain, some ten minutes, a document is parked as a dead letter. */
const maxVisits = 8;
const firstPostponeMs = 5_000;
/** The store or another writer was in the way: the document is visited again soon, and however often it takes. */
const shortPostponeMs = 10_000;
/** So long a document is left to the newer code that wrote it: a deployment is through by then, or somebody has to look. */
export const leftToNewerCodeMs = 7 * 86_400_000;

/** What this code does not understand is left as it is; anything else is put off, and in the end given up. */
export function afterFailure(
  { dueAttempts = 0, dueAt = '', dueSince = dueAt }: StoredDocument,
  error: unknown,
  now: Date,
): AfterFailure {
  const attempts = dueAttempts + 1;
  switch (errorClassOf(error)) {
    case 'newer':
      return dueSince > later(now, -leftToNewerCodeMs) ? { kind: 'left' } : { kind: 'parked', attempts };
    case 'network':
      return { kind: 'postponed', dueAt: later(now, shortPostponeMs), attempts: dueAttempts };
    default:
      if (attempts >= maxVisits) return { kind: 'parked', attempts };
      return { kind: 'postponed', dueAt: later(now, firstPostponeMs * 2 ** dueAttempts), attempts };
  }
}
