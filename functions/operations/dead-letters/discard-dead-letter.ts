import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { stepOn } from '../../../shared/dead-letters/dead-letter.ts';
import { ok } from '../../../shared/http/answer.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView, viewOf } from './dead-letter-view.ts';
import { openDeadLetter } from './open-dead-letter.ts';

const DiscardDeadLetter = z
  .strictObject({ reason: z.string().min(1).max(500).default('discarded by an operator') })
  .meta({ id: 'DiscardDeadLetter' });

export const discardDeadLetter = endpoint({
  name: 'discard-dead-letter',
  summary: 'Gives up a dead letter; it stays readable, and a replay takes it up again',
  method: 'POST',
  route: 'dead-letters/{id}/discard',
  roles: ['operator'],
  params: DeadLetterPath,
  body: DiscardDeadLetter,
  answers: { 200: DeadLetterView },
  headers: ['etag'],
  problems: ['precondition-failed'],
  async handle({ params: { id }, body: { reason }, caller, now, ...context }) {
    const { letter } = await openDeadLetter(id, context);
    const { state } = letter;
    if (state.status !== 'discarded')
      letter.put(stepOn(state, { at: now.toISOString(), step: 'discarded', by: caller.sub, detail: reason }));
    return ok(viewOf(letter), letter.version);
  },
});
