import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { stepOn } from '../../../shared/dead-letters/dead-letter.ts';
import { text } from '../../../shared/text.ts';
import { changeDeadLetter } from './change-dead-letter.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView } from './dead-letter-view.ts';
import { WhoseLetters } from './whose-letters.ts';

const DiscardDeadLetter = z
  .strictObject({ reason: text(500).default('discarded by an operator') })
  .meta({ id: 'DiscardDeadLetter' });

export const discardDeadLetter = endpoint({
  name: 'discard-dead-letter',
  summary: 'Gives up a dead letter; it stays readable, and a replay takes it up again',
  method: 'POST',
  route: 'dead-letters/{id}/discard',
  roles: ['operator'],
  params: DeadLetterPath,
  query: WhoseLetters,
  body: DiscardDeadLetter,
  answers: { 200: DeadLetterView },
  headers: ['etag'],
  problems: ['precondition-failed'],
  needs: ['ofNoTenant'],
  handle({ body: { reason }, caller, now, ...context }) {
    const step = { at: now.toISOString(), step: 'discarded', by: caller.sub, detail: reason } as const;
    return changeDeadLetter(context, (letter) => {
      if (letter.state.status !== 'discarded') letter.put(stepOn(letter.state, step));
    });
  },
});
