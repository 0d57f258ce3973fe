import { z } from 'zod';

/** A telephone that can be called from anywhere. Source: ITU-T E.164: a plus, and up to fifteen digits, the first of which is no 0 */
export const Telephone = z.e164();

/** What people put between digits so that they can be read: blanks, hyphens, dots, slashes, brackets. */
const separators = /[\s\-./()\u00a0\u2010-\u2015]/gu;

/** A telephone as somebody has written it (`+49 (170) 123-4567`); nothing where it is not in international form. */
export function telephoneOf(written: string | undefined): string | undefined {
  return Telephone.safeParse(written?.replaceAll(separators, '')).data;
}
