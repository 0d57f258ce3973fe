import { expect, it } from 'vitest';
import { maskedAddress, maskedTelephone } from './masked.ts';

it.each([
  ['ann@example.com', 'a…@example.com'],
  ['a@example.com', 'a…@example.com'],
  ["o'hara+shop@mail.example.com", 'o…@mail.example.com'],
])('the address %s is shown as %s', (address, masked) => {
  expect(maskedAddress(address)).toBe(masked);
});

it('a telephone is shown by its country and its last two digits', () => {
  expect(maskedTelephone('+491701234567')).toBe('+49…67');
});
