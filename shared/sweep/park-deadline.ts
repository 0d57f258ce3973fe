import type { Deadline } from '../capabilities/deadline.ts';
import { dayOfFailure } from '../dead-letters/dead-letters.ts';
import type { Cause } from '../events/cause.ts';
import { hashOf } from '../ids.ts';
import { withParkedDeadline } from '../persistence/documents/parked-deadline.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Who visited in vain, and why. */
export interface FailedVisit {
  readonly service: string;
  readonly cause: Cause;
  readonly error: unknown;
  /** Whose document it is, where it is a deadline's. */
  readonly owner?: Pick<Deadline, 'givenUp'> | undefined;
}

/**
 * Gives a deadline up: it becomes a dead letter, and its document is not due until somebody replays that, unless it is due again
 * by itself.
 */
export async function parkDeadline(
  document: StoredDocument,
  { service, cause, error, owner, attempts }: FailedVisit & { readonly attempts: number },
  { deadLetters, clock, containerOf, settings }: Pick<Runtime, 'deadLetters' | 'clock' | 'containerOf' | 'settings'>,
): Promise<void> {
  const { id, boundary, version, dueAt = '', dueSince = dueAt } = document;
  await deadLetters.park({
    subscriber: `${service}-sweep`,
    source: { of: 'deadline', container: service, boundary, document: id, version, dueAt: dueSince },
    // The same deadline is the same letter: one that is replayed and fails again, whatever its document has become meanwhile.
    subject: hashOf([service, boundary, id, dueSince]).slice(0, 32),
    day: dayOfFailure(dueSince, clock.now()),
    error,
    attempts,
    cause,
  });
  const again = owner?.givenUp?.(document, { now: clock.now(), settings });
  await containerOf(service).replaceIfUnchanged(again ?? withParkedDeadline(document));
}
