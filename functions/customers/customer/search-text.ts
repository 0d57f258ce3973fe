import { folded } from '../../../shared/text.ts';
import type { ProfileState } from './profile.ts';

/** A text as it is searched for where neither case nor accents count. */
export function withoutMarks(text: string): string {
  return folded(text).normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFKC');
}

/** What people write between the digits of a number. */
const between = /[\s()./-]/g;

/**
 * All that a customer is found by: a part of the name, of the e-mail address, of the telephone number. A name with digits is there
 * twice, as a part of it may look like a number to call: `24/7`.
 */
export function foundBy({ name = '', email = '', phone = '' }: ProfileState): string {
  const called = withoutMarks(name);
  return [called, email, phone, ...(/\d/.test(called) ? [called.replaceAll(between, '')] : [])].join('\n');
}

/**
 * What is looked for in that; of a telephone number its digits, without what only some dial. Where that leaves nothing, it is what was
 * typed: nothing would be found in everybody.
 */
export function soughtIn(typed: string): string {
  const isNumber = /^[+(\d][\d\s()./-]{3,}$/.test(typed);
  return (isNumber ? dialled(typed) : withoutMarks(typed)) || typed;
}

function dialled(typed: string): string {
  return typed
    .replace('(0)', '')
    .replaceAll(/\D/g, '')
    .replace(/^0{1,2}/, '');
}

/** Tags as one text in which each is found as a whole. */
export function tagsAsText(tags: readonly string[]): string {
  return tags.length === 0 ? '' : `|${tags.map(withoutMarks).join('|')}|`;
}
