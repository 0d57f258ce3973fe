import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const [ivBytes, tagBytes] = [12, 16];

/**
 * A secret that can be read only by whoever has the secret that it followed: AES-256-GCM (NIST SP 800-38D) under a key that is derived
 * from that one (HKDF, RFC 5869). Both are random and as long as the key, so nobody tries them out.
 */
export function sealSecret(secret: string, former: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, keyOf(former), iv);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws Error when it was sealed under another secret. */
export function openSecret(text: string, former: string): string {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv(algorithm, keyOf(former), bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
}

function keyOf(former: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(former, 'base64url'), '', 'the refresh token that followed', 32));
}
