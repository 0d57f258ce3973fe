import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { type DeadLetterState, stepOn } from '../../../shared/dead-letters/dead-letter.ts';
import { eventOf, whyNoEvent } from '../../../shared/dead-letters/dead-letter-event.ts';
import type { Envelope } from '../../../shared/events/envelope.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { changeDeadLetter } from './change-dead-letter.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView } from './dead-letter-view.ts';
import { changedFields, mended } from './mended.ts';
import { WhoseLetters } from './whose-letters.ts';

/** Of what was done, or given up, there is nothing to mend. */
const editable: ReadonlySet<DeadLetterState['status']> = new Set(['parked', 'waiting', 'scheduled']);

const EditDeadLetter = z
  .strictObject({ data: z.record(z.string(), z.unknown()).describe('The whole data, as on the bus') })
  .meta({ id: 'EditDeadLetter' });

export const editDeadLetter = endpoint({
  name: 'edit-dead-letter',
  summary: "Mends the data of a dead letter's event; a replay sends the mended event",
  method: 'PATCH',
  route: 'dead-letters/{id}',
  roles: ['operator'],
  params: DeadLetterPath,
  query: WhoseLetters,
  body: EditDeadLetter,
  answers: { 200: DeadLetterView },
  headers: ['etag'],
  problems: [
    'not-an-event',
    'event-cut',
    'unknown-event',
    'newer-version',
    'other-subject',
    'illegal-transition',
    'precondition-failed',
  ],
  needs: ['ofNoTenant'],
  handle({ body: { data }, caller, now, ...context }) {
    return changeDeadLetter(context, (letter) => {
      const { state } = letter;
      const event = editableEventOf(state);
      const edited = mended(event, data);
      const changed = changedFields(event.data, edited.data);
      if (changed.length === 0) return;
      const detail = `changed ${changed.join(', ')}`;
      letter.put({ ...stepOn(state, { at: now.toISOString(), step: 'edited', by: caller.sub, detail }), edited });
    });
  },
});

function editableEventOf(letter: DeadLetterState): Envelope {
  const event = eventOf(letter);
  if (event === undefined) throw whyNoEvent(letter);
  if (!editable.has(letter.status))
    throw reject('illegal-transition', `the dead letter is ${letter.status} and cannot be edited`);
  return event;
}
