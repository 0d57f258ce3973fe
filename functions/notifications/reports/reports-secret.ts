import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether it is the secret that is set, in a time that tells nothing of it; nothing is, where none is set. */
export function isSecret(guess: string, secret: string | undefined): boolean {
  return secret !== undefined && timingSafeEqual(digestOf(guess), digestOf(secret));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
