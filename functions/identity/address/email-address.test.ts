import { describe, expect, it } from 'vitest';
import { addressBoundary, addressKey, EmailAddress, TypedAddress } from './email-address.ts';

describe('an email address', () => {
  it.each([
    'ann@example.com',
    ' Ann@Example.COM ',
    'ANN@EXAMPLE.COM',
  ])('%j is normalized to the same email address', (text) => {
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
  ])('%j is not accepted as an email address', (text) => {
    expect(EmailAddress.safeParse(text).success).toBe(false);
  });

  it('an email address appears in document ids and boundaries only as a hash', () => {
    for (const address of ['a/b#c?d@example.com', 'a\\b@example.com']) {
      expect(addressKey(address)).toMatch(/^[0-9a-f]{64}$/);
      expect(addressBoundary(address)).toBe(`email:${addressKey(address)}`);
    }
  });
});
