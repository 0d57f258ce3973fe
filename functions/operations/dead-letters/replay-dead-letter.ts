import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { replay } from '../../../shared/replays/replay-dead-letter.ts';
import { changeDeadLetter } from './change-dead-letter.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView } from './dead-letter-view.ts';
import { WhoseLetters } from './whose-letters.ts';

export const replayDeadLetter = endpoint({
  name: 'replay-dead-letter',
  summary: 'Has a dead letter tried once more; again changes nothing unless it has failed again',
  method: 'POST',
  route: 'dead-letters/{id}/replay',
  roles: ['operator'],
  params: DeadLetterPath,
  query: WhoseLetters,
  answers: { 200: DeadLetterView },
  headers: ['etag'],
  problems: ['not-an-event', 'event-cut', 'event-forgotten', 'precondition-failed'],
  needs: ['ofNoTenant'],
  handle({ caller, now, ...context }) {
    const note = { at: now.toISOString(), by: caller.sub, detail: 'replayed by an operator' };
    return changeDeadLetter(context, (letter, work) => replay(letter, work, note));
  },
});
