import { z } from 'zod';

/**
 * What somebody writes for others to read, and may leave empty: well-formed Unicode in its composed form (NFC), without blanks
 * around it and without control characters but line ends and tabs. Half of a character would be U+FFFD in one store and an
 * error in another; and what looks the same is the same, so that it is found.
 *
 * @example
 * const Note = freeText(1_000);
 */
export function freeText(longest: number) {
  return readable(/[^\P{Cc}\n\r\t]/u).max(longest);
}

const blank = { error: 'is blank', abort: true };

/** The same where it has to say something. */
export function text(longest: number) {
  return freeText(longest).min(1, blank).refine(canBeSeen, blank);
}

/** The same in one line, such as a name. */
export function line(longest: number) {
  return readable(/\p{Cc}/u)
    .min(1, blank)
    .max(longest)
    .refine(canBeSeen, blank);
}

/** Besides blanks there are characters without a shape: joiners, fillers, soft hyphens, the empty cell of Braille. */
function canBeSeen(sent: string): boolean {
  return /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]/u.test(sent);
}

/**
 * Putting the marks of one letter in order takes the square of how many there are, and no language has more than a few.
 * Source: Stream-Safe Text Format, https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
 */
function hasFewMarks(sent: string): boolean {
  return !/\p{M}{31}/u.test(sent);
}

function readable(refused: RegExp) {
  const fewMarks = { error: 'has more than 30 marks on one letter', abort: true };
  return z
    .string()
    .refine((sent) => sent.isWellFormed(), { error: 'has half of a character (a lone surrogate)', abort: true })
    .refine((sent) => !refused.test(sent), { error: 'has a control character', abort: true })
    .refine(hasFewMarks, fewMarks)
    .trim()
    .normalize('NFC')
    .refine(hasFewMarks, fewMarks);
}

/**
 * A text as it is compared where neither case nor spelling counts: İSTANBUL, istanbul; STRASSE, straße; composed or not.
 * Source: full case folding and compatibility composition, https://www.unicode.org/reports/tr15/#NFKC_CF_Table
 */
export function folded(sent: string): string {
  // By lower and upper case to lower, since some letters have no case partner of one letter (ß) or two (σ, ς; ß, ẞ); the dot of a Turkish İ is dropped.
  return sent
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll('i\u0307', 'i')
    .normalize('NFKC');
}
