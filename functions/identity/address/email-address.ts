import { z } from 'zod';
import { hashOf } from '../../../shared/ids.ts';

/** RFC 5321 allows 254 characters in all (erratum 1690). */
const longest = 254;

/** An address as we know it: nobody's mail differs by case, whatever RFC 5321 says of the part before the @. */
export const EmailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(longest)
  .pipe(z.email({ pattern: z.regexes.html5Email }));

/** An address as somebody typed it to log in; one that is none is nobody's. */
export const TypedAddress = z.string().trim().toLowerCase().min(1).max(longest);

/**
 * What stands for the address in ids and boundaries: a hash, since an address may have characters that Cosmos DB takes in no
 * id, and so that the names of documents tell nobody's address.
 */
export function addressKey(address: string): string {
  return hashOf([address]);
}

/** Whose the address is, and how often its password was guessed. */
export function addressBoundary(address: string): string {
  return `email:${addressKey(address)}`;
}
