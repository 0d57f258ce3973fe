import { domainToUnicode } from 'node:url';
import { folded } from '../../../shared/text.ts';
import { isCommonest } from './commonest-passwords.ts';

/** What is known of an account to whoever guesses at its password. */
export interface AccountWords {
  readonly email: string;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
}

/** Fewer letters than these are no word: they would be found anywhere. */
const shortestWord = 3;
/** So many letters have to be left of a password beside what is known of the account. */
const fewestOwn = 4;
const ofProduct = ['lagerhaus', 'warehouse', 'backoffice'];

/**
 * Whether a password is soon guessed: one of the commonest, or one with digits and symbols around it, whatever its case and
 * however often it is repeated; or little but words of the account and of the product. A word within a phrase does no harm.
 */
export function isEasilyGuessed(password: string, account: AccountWords): boolean {
  const whole = folded(password);
  const rest = wordsOf(account).reduce((left, word) => left.replaceAll(word, ' '), whole);
  const own = rest === whole ? once(whole) : core(rest);
  if (own !== whole && [...own].length < fewestOwn) return true;
  return [whole, core(whole), own].some(isCommonest);
}

/** The longest first, so that none is left in pieces. */
function wordsOf({ email, first_name = '', last_name = '' }: AccountWords): readonly string[] {
  const [local = '', domain = ''] = email.split('@');
  const known = domainToUnicode(domain);
  const parts = [local, first_name, last_name, known.replace(/\.[^.]*$/, '')].flatMap((text) => [
    text,
    ...text.split(/[^\p{L}\p{M}\p{N}]+/u),
  ]);
  return [...new Set([...parts, known, ...ofProduct].map(folded))]
    .filter((word) => word.length >= shortestWord)
    .toSorted((one, other) => other.length - one.length);
}

/** Without digits, symbols and blanks at its ends, and said once. */
function core(text: string): string {
  return once(text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, ''));
}

function once(text: string): string {
  return /^(.+?)\1+$/su.exec(text)?.[1] ?? text;
}
