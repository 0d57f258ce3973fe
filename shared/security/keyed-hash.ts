import { createHmac } from 'node:crypto';
import type { PrivateKey } from './signing-keys.ts';

/**
 * HMAC-SHA-256 (RFC 2104), in hexadecimal, of a list of texts: unlike a hash, it cannot be tried out by whoever has read the
 * store, since the key is in none. Different lists and different purposes have different hashes.
 */
export function keyedHash({ d }: Pick<PrivateKey, 'd'>, purpose: string, parts: readonly string[]): string {
  return createHmac('sha256', Buffer.from(d, 'base64url'))
    .update(JSON.stringify([purpose, ...parts]))
    .digest('hex');
}
