import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { whyNotWhole } from '../../../shared/dead-letters/dead-letter-event.ts';
import { ok } from '../../../shared/http/answer.ts';
import { fileAnswer } from '../../../shared/http/file-answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { DeadLetterPath } from './dead-letter-path.ts';
import { readDeadLetter } from './read-dead-letter.ts';
import { WhoseLetters } from './whose-letters.ts';

const mediaType = 'application/octet-stream';

export const getDeadLetterBytes = endpoint({
  name: 'get-dead-letter-bytes',
  summary: 'Downloads the record that a dead letter is about, as it was read from the bus',
  method: 'GET',
  route: 'dead-letters/{id}/bytes',
  roles: ['operator'],
  params: DeadLetterPath,
  query: WhoseLetters,
  answers: { 200: fileAnswer(mediaType) },
  problems: ['event-cut'],
  needs: ['ofNoTenant'],
  async handle({ params: { id }, ...context }) {
    const { source } = (await readDeadLetter(id, context)).state;
    if (source.of !== 'event') throw rejectAbsent(`there is no dead letter ${id} of a record`);
    const notWhole = whyNotWhole(source);
    if (notWhole !== undefined) throw notWhole;
    return ok({ bytes: Buffer.from(source.raw, 'base64'), mediaType, name: `${id}.bin` });
  },
});
