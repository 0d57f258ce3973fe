import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { replay } from '../../../shared/replays/replay-dead-letter.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView, viewOf } from './dead-letter-view.ts';
import { openDeadLetter } from './open-dead-letter.ts';

export const replayDeadLetter = endpoint({
  name: 'replay-dead-letter',
  summary: 'Has a dead letter tried once more; again changes nothing unless it has failed again',
  method: 'POST',
  route: 'dead-letters/{id}/replay',
  roles: ['operator'],
  params: DeadLetterPath,
  answers: { 200: DeadLetterView },
  headers: ['etag'],
  problems: ['not-an-event', 'precondition-failed'],
  async handle({ params: { id }, caller, now, ...context }) {
    const { letter, work } = await openDeadLetter(id, context);
    replay(letter, work, { at: now.toISOString(), by: caller.sub, detail: 'replayed by an operator' });
    return ok(viewOf(letter), letter.version);
  },
});
