import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openSecret, sealSecret } from './sealed-secret.ts';

const secret = () => randomBytes(32).toString('base64url');

describe('a sealed secret', () => {
  it('a sealed secret is read by whoever has the secret that it followed, and by nobody else', () => {
    const [former, next] = [secret(), secret()];
    const sealed = sealSecret(next, former);
    expect(sealed).not.toContain(next);
    expect(openSecret(sealed, former)).toBe(next);
    expect(() => openSecret(sealed, secret())).toThrow();
  });
});
