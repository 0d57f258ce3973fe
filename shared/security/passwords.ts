import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with 19 MiB, two passes and one lane: the least that OWASP advises.
 * Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
export const passwordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const { memoryCost, timeCost, parallelism } = passwordCost;

/** The hash of no password, at the same cost: what is verified where there is none, so that it takes the same work. */
const decoy = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`;

/** So many random bytes, as the PHC string format writes them: in base64 without padding. */
function base64(bytes: number): string {
  return randomBytes(bytes).toString('base64').replaceAll('=', '');
}

/** A hash of a password, in the PHC string format, made in a thread of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(written(password), passwordCost);
}

/** Whether it is the password behind the hash; without a hash it is not, after the same work. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const isRight = await verify(stored ?? decoy, written(password));
  return isRight && stored !== undefined;
}

/** One password may be written in several ways in Unicode (NIST SP 800-63B, section 3.1.1.2). */
function written(password: string): string {
  return password.normalize('NFKC');
}
