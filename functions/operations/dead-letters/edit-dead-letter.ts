import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { stepOn } from '../../../shared/dead-letters/dead-letter.ts';
import { eventOf } from '../../../shared/dead-letters/dead-letter-event.ts';
import { ok } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView, viewOf } from './dead-letter-view.ts';
import { changedFields, mended } from './mended.ts';
import { openDeadLetter } from './open-dead-letter.ts';

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
  body: EditDeadLetter,
  answers: { 200: DeadLetterView },
  headers: ['etag'],
  problems: [
    'not-an-event',
    'unknown-event',
    'newer-version',
    'other-subject',
    'illegal-transition',
    'precondition-failed',
  ],
  async handle({ params: { id }, body: { data }, caller, now, ...context }) {
    const { letter } = await openDeadLetter(id, context);
    const { state } = letter;
    const event = eventOf(state);
    if (event === undefined) throw reject('not-an-event', 'there is no event in this dead letter that could be edited');
    if (state.status !== 'parked' && state.status !== 'scheduled')
      throw reject('illegal-transition', `the dead letter is ${state.status} and cannot be edited`);
    const edited = mended(event, data);
    const changed = changedFields(event.data, edited.data);
    if (changed.length > 0) {
      const detail = `changed ${changed.join(', ')}`;
      letter.put({ ...stepOn(state, { at: now.toISOString(), step: 'edited', by: caller.sub, detail }), edited });
    }
    return ok(viewOf(letter), letter.version);
  },
});
