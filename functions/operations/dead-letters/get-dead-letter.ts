import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { bucketOfDeadLetter, DeadLetter, deadLettersBoundary } from '../../../shared/dead-letters/dead-letter.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { DeadLetterView, viewOf } from './dead-letter-view.ts';

export const getDeadLetter = endpoint({
  name: 'get-dead-letter',
  summary: 'Reads a dead letter: the event, the error, and what was done about it',
  method: 'GET',
  route: 'dead-letters/{id}',
  roles: ['operator'],
  params: DeadLetterPath,
  answers: { 200: DeadLetterView },
  headers: ['etag'],
  async handle({ params: { id }, reader }) {
    const letter = await reader.read(DeadLetter, { boundary: deadLettersBoundary(bucketOfDeadLetter(id)), id });
    if (letter === undefined) throw rejectAbsent(`there is no dead letter ${id}`);
    return ok(viewOf(letter), letter.version);
  },
});
