import type { z } from 'zod';
import type { EndpointContext } from '../../../shared/capabilities/endpoint.ts';
import {
  bucketOfDeadLetter,
  DeadLetter,
  type DeadLetterState,
  deadLettersBoundary,
} from '../../../shared/dead-letters/dead-letter.ts';
import { type Answer, ok } from '../../../shared/http/answer.ts';
import type { TrackedProjection } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { type DeadLetterView, viewOf } from './dead-letter-view.ts';
import { type LettersContext, placeOfLetters } from './whose-letters.ts';

type Context = LettersContext & Pick<EndpointContext<{ readonly id: string }, unknown, unknown>, 'params' | 'ifMatch'>;

/**
 * Changes a dead letter and answers what it is then. As for a command, `If-Match` counts only where something changes.
 *
 * @throws MissingDocumentError (404) where there is none; Rejection (412) where the caller knows another version.
 */
export async function changeDeadLetter(
  { params: { id }, ifMatch, ...context }: Context,
  change: (letter: TrackedProjection<DeadLetterState>, work: UnitOfWork) => void,
): Promise<Answer<z.output<typeof DeadLetterView>>> {
  const work = placeOfLetters(context).unitOfWork(deadLettersBoundary(bucketOfDeadLetter(id)));
  const letter = await work.load(DeadLetter, id);
  const { version } = letter;
  change(letter, work);
  if (letter.isChanged) ifMatch(version);
  return ok(viewOf(letter), letter.version);
}
