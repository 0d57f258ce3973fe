import { describe, expect, it } from 'vitest';
import { addressBoundary, addressKey, EmailAddress, TypedAddress } from './email-address.ts';

describe('an address', () => {
  it.each([
    'ann@example.com',
    ' Ann@Example.COM ',
    'ANN@EXAMPLE.COM',
  ])('is the same however it is written: %j', (text) => {
    expect(EmailAddress.parse(text)).toBe('ann@example.com');
    expect(TypedAddress.parse(text)).toBe('ann@example.com');
  });

  it.each([
    '',
    'ann',
    'ann@',
    '@example.com',
    'ann@@example.com',
    'a b@example.com',
    `${'a'.repeat(250)}@x.org`,
  ])('is none: %j', (text) => {
    expect(EmailAddress.safeParse(text).success).toBe(false);
  });

  it('is in no name of a document or boundary, whatever characters it has', () => {
    for (const address of ['a/b#c?d@example.com', 'a\\b@example.com']) {
      expect(addressKey(address)).toMatch(/^[0-9a-f]{64}$/);
      expect(addressBoundary(address)).toBe(`email:${addressKey(address)}`);
    }
  });
});
