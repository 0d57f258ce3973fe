import { bucketOfDeadLetter, DeadLetter, deadLettersBoundary } from '../../../shared/dead-letters/dead-letter.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { type LettersContext, placeOfLetters } from './whose-letters.ts';

/**
 * A dead letter as it is now.
 *
 * @throws Rejection (404) where there is none; (403) where it is not the caller's to see.
 */
export async function readDeadLetter(id: string, context: LettersContext) {
  const { reader } = placeOfLetters(context);
  const letter = await reader.read(DeadLetter, { boundary: deadLettersBoundary(bucketOfDeadLetter(id)), id });
  if (letter === undefined) throw rejectAbsent(`there is no dead letter ${id}`);
  return letter;
}
