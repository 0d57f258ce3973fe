import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView, viewOf } from './dead-letter-view.ts';
import { readDeadLetter } from './read-dead-letter.ts';
import { WhoseLetters } from './whose-letters.ts';

export const getDeadLetter = endpoint({
  name: 'get-dead-letter',
  summary: 'Reads a dead letter: the event, the error, and what was done about it',
  method: 'GET',
  route: 'dead-letters/{id}',
  roles: ['operator'],
  params: DeadLetterPath,
  query: WhoseLetters,
  answers: { 200: DeadLetterView },
  headers: ['etag'],
  needs: ['ofNoTenant'],
  async handle({ params: { id }, ...context }) {
    const letter = await readDeadLetter(id, context);
    return ok(viewOf(letter), letter.version);
  },
});
