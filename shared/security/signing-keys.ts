import { readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { newId } from '../ids.ts';

/** ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4). */
export const signingAlgorithm = 'ES256';

const PrivateKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string().min(1),
  alg: z.literal(signingAlgorithm),
});
export type PrivateKey = z.infer<typeof PrivateKey>;

/** Keys that sign tokens, the current one first; all of them verify. */
const SigningKeys = z.object({ keys: z.array(PrivateKey).min(1) });
export type SigningKeys = z.infer<typeof SigningKeys>;

/** A new JSON Web Key Set (RFC 7517) with one private key, as JSON text. */
export async function createSigningKeys(): Promise<string> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: newId(), alg: signingAlgorithm };
  return `${JSON.stringify({ keys: [key] }, undefined, 2)}\n`;
}

/** @throws Error that names the file and what is wrong with it. */
export function readSigningKeys(file: string): SigningKeys {
  try {
    return SigningKeys.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(
      `${file} is no key set for signing tokens (${String(error)}). Delete it to get a new one; tokens in use end with it.`,
    );
  }
}

/** The keys without their private parts, fit for everybody's eyes. */
export function publicKeys({ keys }: SigningKeys): { keys: Omit<PrivateKey, 'd'>[] } {
  return { keys: keys.map(({ d: _, ...publicPart }) => publicPart) };
}
