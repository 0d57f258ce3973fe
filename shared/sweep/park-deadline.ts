import { dayOfFailure } from '../dead-letters/dead-letters.ts';
import type { Cause } from '../events/cause.ts';
import { hashOf } from '../ids.ts';
import { withParkedDeadline } from '../persistence/documents/parked-deadline.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** What a deadline failed of for the last time. */
export interface LastingFailure {
  readonly service: string;
  readonly cause: Cause;
  readonly error: unknown;
  readonly attempts: number;
}

/** Gives a deadline up: it becomes a dead letter, and its document is not due until somebody replays that. */
export async function parkDeadline(
  document: StoredDocument,
  { service, cause, error, attempts }: LastingFailure,
  { deadLetters, clock, containerOf }: Pick<Runtime, 'deadLetters' | 'clock' | 'containerOf'>,
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
  await containerOf(service).replaceIfUnchanged(withParkedDeadline(document));
}
