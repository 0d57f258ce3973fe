import { z } from 'zod';

/** ITU-T E.164 allows 15 digits in all; nobody's number has fewer than four behind the code of its country. */
const [fewest, most] = [4, 15];

/** A telephone number as people write it: digits, with blanks, brackets, dots, slashes or hyphens between them. */
export const TypedTelephone = z
  .string()
  .trim()
  .max(40)
  .regex(/^\+?[\d\s()./-]+$/, { error: 'is no telephone number: write it as +49 30 1234567', abort: true })
  .refine((typed) => isOfLength(digitsOf(typed).replace(/^0+/, '')), {
    error: `has fewer than ${fewest} digits behind the zeros before it, or more than ${most}`,
  });

/** The calling code of a country, without its plus. */
export const CallingCode = z.string().regex(/^[1-9]\d{0,2}$/, { error: 'is a calling code such as 49 or 1' });

/**
 * The same number however it was typed, in the form of E.164: `+49301234567`. One without the code of a country is of the one
 * that is given, and loses the zero that is dialled before it.
 *
 * @example
 * inE164('030 / 1234-567', '49'); // '+49301234567'
 */
export function inE164(typed: string, callingCode: string): string {
  const digits = digitsOf(typed);
  if (typed.trim().startsWith('+')) return `+${digits.replace(/^0+/, '')}`;
  if (digits.startsWith('00')) return `+${digits.replace(/^0+/, '')}`;
  return `+${callingCode}${digits.replace(/^0/, '')}`;
}

/** A zero in brackets behind the code of the country, `+49 (0)30`, is not dialled with it. */
function digitsOf(typed: string): string {
  return typed.replace(/^(\s*(?:\+|00)\d{1,3}\s*)\(0\)/, '$1').replaceAll(/\D/g, '');
}

function isOfLength(digits: string): boolean {
  return digits.length >= fewest && digits.length <= most;
}
