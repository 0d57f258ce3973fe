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
  /** From when on it verifies nothing, in seconds since 1970; the current key has none. */
  exp: z.number().optional(),
});
export type PrivateKey = z.infer<typeof PrivateKey>;

/** Keys of tokens: the first one signs, all verify until they retire. */
const SigningKeys = z.object({ keys: z.array(PrivateKey).min(1) });
export type SigningKeys = z.infer<typeof SigningKeys>;

/** A key set as a setting holds it: JSON text. What it says is told to nobody, not even in an error. */
export const SigningKeysText = z.string().transform((text, context): SigningKeys => {
  const result = SigningKeys.safeParse(jsonIn(text));
  if (result.success) return result.data;
  const message = 'is no JSON Web Key Set with private keys of P-256, such as npm start keeps in signing-keys.json';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // which is no key set either
  }
}

/** What everybody may see of a key. */
export type PublicKey = Omit<PrivateKey, 'd' | 'exp'> & { readonly use: 'sig' };

/** A new JSON Web Key Set (RFC 7517) with one private key, as JSON text. */
export async function createSigningKeys(): Promise<string> {
  return textOf({ keys: [await newKey()] });
}

/**
 * The set with a new key that signs from now on, as JSON text. The keys before it verify for `retireAfterMs` more, which
 * must be as long as a token may live; those that have retired are dropped.
 */
export async function rotateSigningKeys(
  { keys }: SigningKeys,
  { now, retireAfterMs }: { readonly now: Date; readonly retireAfterMs: number },
): Promise<string> {
  const retiresAt = Math.ceil((now.getTime() + retireAfterMs) / 1_000);
  const older = keys.map((key) => ({ ...key, exp: Math.min(key.exp ?? retiresAt, retiresAt) }));
  return textOf({ keys: [await newKey(), ...older.filter((key) => !hasRetired(key, now))] });
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

/** The keys that verify now: of what another key has made, nothing is to be believed any more. */
export function trustedKeys({ keys }: SigningKeys, now: Date): readonly PrivateKey[] {
  return keys.filter((key) => !hasRetired(key, now));
}

/** The keys that verify now, without their private parts: fit for everybody's eyes. */
export function publicKeys({ keys }: SigningKeys, now: Date): { readonly keys: PublicKey[] } {
  return {
    keys: trustedKeys({ keys }, now).map(({ kty, crv, x, y, kid, alg }) => ({ kty, crv, x, y, kid, alg, use: 'sig' })),
  };
}

function hasRetired({ exp }: PrivateKey, now: Date): boolean {
  return exp !== undefined && exp * 1_000 <= now.getTime();
}

async function newKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  return PrivateKey.parse({ ...(await exportJWK(privateKey)), kid: newId(), alg: signingAlgorithm });
}

function textOf(keys: SigningKeys): string {
  return `${JSON.stringify(keys, undefined, 2)}\n`;
}
