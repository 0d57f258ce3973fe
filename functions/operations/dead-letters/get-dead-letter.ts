import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { bucketOfDeadLetter, DeadLetter, deadLettersBoundary } from '../../../shared/dead-letters/dead-letter.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView, viewOf } from './dead-letter-view.ts';
import { placeOfLetters, WhoseLetters } from './whose-letters.ts';

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
    const { reader } = placeOfLetters(context);
    const letter = await reader.read(DeadLetter, { boundary: deadLettersBoundary(bucketOfDeadLetter(id)), id });
    if (letter === undefined) throw rejectAbsent(`there is no dead letter ${id}`);
    return ok(viewOf(letter), letter.version);
  },
});
