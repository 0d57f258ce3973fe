import { folded } from '../../../shared/text.ts';
import type { ProfileState } from './profile.ts';

/** A text as it is searched for where neither case nor accents count. */
export function withoutMarks(text: string): string {
  return folded(text).normalize('NFKD').replaceAll(/\p{M}/gu, '').normalize('NFKC');
}

/** All that a customer is found by: a part of the name, of the e-mail address, of the telephone number. */
export function foundBy({ name = '', email = '', phone = '' }: ProfileState): string {
  return [withoutMarks(name), email, phone].join('\n');
}

/** What is looked for in that; of a telephone number its digits, without what only some dial. */
export function soughtIn(typed: string): string {
  const isNumber = /^[+\d][\d\s()./-]{3,}$/.test(typed);
  return isNumber ? typed.replaceAll(/\D/g, '').replace(/^0{1,2}/, '') : withoutMarks(typed);
}

/** Tags as one text in which each is found as a whole. */
export function tagsAsText(tags: readonly string[]): string {
  return tags.length === 0 ? '' : `|${tags.map(withoutMarks).join('|')}|`;
}
