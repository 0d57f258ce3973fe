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

/** The same where it has to say something. */
export function text(longest: number) {
  return freeText(longest).min(1, { error: 'is blank' });
}

/** The same in one line, such as a name. */
export function line(longest: number) {
  return readable(/\p{Cc}/u)
    .min(1, { error: 'is blank' })
    .max(longest);
}

function readable(refused: RegExp) {
  return z
    .string()
    .refine((sent) => sent.isWellFormed(), { error: 'has half of a character (a lone surrogate)', abort: true })
    .refine((sent) => !refused.test(sent), { error: 'has a control character', abort: true })
    .trim()
    .normalize('NFC');
}

/**
 * A text as it is compared where neither case nor spelling counts: İSTANBUL, istanbul; STRASSE, straße; composed or not.
 * Source: full case folding and compatibility composition, https://www.unicode.org/reports/tr15/#NFKC_CF_Table
 */
export function folded(sent: string): string {
  // By upper case to lower, since some letters have no case partner of one letter (ß) or two (σ, ς); the dot of a Turkish İ is dropped.
  return sent
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll('i\u0307', 'i')
    .normalize('NFKC');
}
