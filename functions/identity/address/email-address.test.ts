import { expect, it } from 'vitest';
import { addressBoundary, addressKey } from './email-address.ts';

it('an email address appears in document ids and boundaries only as a hash', () => {
  for (const address of ['a/b#c?d@example.com', 'a\\b@example.com']) {
    expect(addressKey(address)).toMatch(/^[0-9a-f]{64}$/);
    expect(addressBoundary(address)).toBe(`email:${addressKey(address)}`);
  }
});
