import { createHmac } from 'node:crypto';
import type { PrivateKey, SigningKeys } from './signing-keys.ts';

/**
 * HMAC-SHA-256 (RFC 2104), in hexadecimal, of a list of texts: unlike a hash, it cannot be tried out by whoever has read the
 * store, since the key is in none. Different lists and different purposes have different hashes.
 */
export function keyedHash({ d }: Pick<PrivateKey, 'd'>, purpose: string, parts: readonly string[]): string {
  return createHmac('sha256', Buffer.from(d, 'base64url'))
    .update(JSON.stringify([purpose, ...parts]))
    .digest('hex');
}

/** The same under the key that signs now, so another one once the keys were rotated. @throws Error where there is no key. */
export function currentHash({ keys: [key] }: SigningKeys, purpose: string, parts: readonly string[]): string {
  if (key === undefined) throw new Error('there is no key to hash with');
  return keyedHash(key, purpose, parts);
}
