import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { PasswordCost } from './password-cost.ts';

/** A hash of a password, in the PHC string format, made in threads of its own by Argon2id. */
export function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  return hash(written(password), cost);
}

/** Whether it is the password behind the hash; without a hash it is not, after the work of one that is made now. */
export async function verifyPassword(
  stored: string | undefined,
  password: string,
  cost: PasswordCost,
): Promise<boolean> {
  const isRight = await verify(stored ?? decoy(cost), written(password));
  return isRight && stored !== undefined;
}

/** Whether a hash was made at this cost. */
export function hasCost(stored: string, cost: PasswordCost): boolean {
  return stored.startsWith(headOf(cost));
}

/** The hash of no password: what is verified where there is none, so that it takes the same work. */
function decoy(cost: PasswordCost): string {
  return `${headOf(cost)}${base64(16)}$${base64(32)}`;
}

/** How a hash of this cost begins. Source: https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md */
function headOf({ memoryCost, timeCost, parallelism }: PasswordCost): string {
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`;
}

/** So many random bytes, as the PHC string format writes them: in base64 without padding. */
function base64(bytes: number): string {
  return randomBytes(bytes).toString('base64').replaceAll('=', '');
}

/** One password may be written in several ways in Unicode (NIST SP 800-63B, section 3.1.1.2). */
function written(password: string): string {
  return password.normalize('NFKC');
}
