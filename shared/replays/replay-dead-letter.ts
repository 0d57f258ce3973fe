import { type DeadLetterState, type DeadLetterStep, stepOn } from '../dead-letters/dead-letter.ts';
import { eventOf, whyNoEvent } from '../dead-letters/dead-letter-event.ts';
import { replayForHeader } from '../events/message-headers.ts';
import { dueAtOnce } from '../model/due-at-once.ts';
import { reject } from '../model/rejection.ts';
import { OutboxMessage } from '../persistence/commit/outbox.ts';
import type { TrackedProjection } from '../persistence/commit/tracked.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import { whyForgotten } from './forgotten-letter.ts';

/**
 * Has a dead letter tried once more; tells whether there was anything to do. What was replayed is not replayed again
 * before it has failed again.
 *
 * An event goes to the one subscriber that could not do it: the message and the note that it was sent are one commit. A
 * deadline lives in another boundary: the letter is due at once (`deadLetterRetry`).
 *
 * @throws Rejection `not-an-event` or `event-cut` where there is nothing that could be sent, `event-forgotten` where it could be
 * done twice.
 */
export function replay(
  letter: TrackedProjection<DeadLetterState>,
  work: UnitOfWork,
  note: Omit<DeadLetterStep, 'step'>,
): boolean {
  const { state } = letter;
  if (state.status === 'replayed') return false;
  const forgotten = whyForgotten(state, new Date(note.at));
  if (forgotten !== undefined) throw reject('event-forgotten', forgotten);
  if (state.source.of === 'event') {
    owe(state, state.source.topic, work);
    letter.put(stepOn(state, { ...note, step: 'replayed' }));
    return true;
  }
  if (state.status === 'scheduled') return false;
  letter.put({ ...stepOn(state, { ...note, step: 'scheduled' }), dueAt: dueAtOnce(new Date(note.at)) });
  return true;
}

function owe(letter: DeadLetterState, topic: string, work: UnitOfWork): void {
  const envelope = eventOf(letter);
  if (envelope === undefined) throw whyNoEvent(letter);
  const headers = { [replayForHeader]: letter.subscriber };
  work.owe(OutboxMessage.parse({ topic, envelope, headers }));
}
