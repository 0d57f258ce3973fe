import { describe, expect, it } from 'vitest';
import { type LinkRequest, readMailedToken, secretOf, writeMailedToken } from './mailed-token.ts';

const key = { d: Buffer.alloc(32, 1).toString('base64url') };
const asked: LinkRequest = { purpose: 'password-reset', address: 'ann@example.com', requestId: 'request-1' };
const userId = '01a20947-a59f-76f9-837c-cc7d43945ad1';

describe('what a link of a mail carries', () => {
  it('what a link of a mail carries is read as it was written', () => {
    const token = { userId, secret: secretOf(asked, key) };
    expect(readMailedToken(writeMailedToken(token))).toEqual(token);
  });

  it('what a link of a mail carries is the same whenever it is made, and another for each purpose, address, request and key', () => {
    const secrets = [
      secretOf(asked, key),
      secretOf({ ...asked, purpose: 'email-verification' }, key),
      secretOf({ ...asked, address: 'bob@example.com' }, key),
      secretOf({ ...asked, requestId: 'request-2' }, key),
      secretOf(asked, { d: Buffer.alloc(32, 2).toString('base64url') }),
    ];
    expect(new Set(secrets).size).toBe(5);
    expect(secretOf(asked, key)).toBe(secrets[0]);
    expect(Buffer.from(secrets[0] ?? '', 'base64url')).toHaveLength(32);
  });

  it.each([
    '',
    userId,
    `${userId}.short`,
    `someone.${secretOf(asked, key)}`,
    `${userId}.${secretOf(asked, key)}.`,
  ])('what a link of a mail carries is not %j', (text) => {
    expect(readMailedToken(text)).toBeUndefined();
  });
});
