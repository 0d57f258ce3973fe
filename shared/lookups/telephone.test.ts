import { expect, it } from 'vitest';
import { telephoneOf } from './telephone.ts';

it.each([
  ['+491701234567', '+491701234567'],
  ['+49 (170) 123-4567', '+491701234567'],
  ['+1 555.123.4567', '+15551234567'],
])('the telephone %s is called as %s', (written, telephone) => {
  expect(telephoneOf(written)).toBe(telephone);
});

it.each([
  '555-123-4567',
  '0170 1234567',
  '+0 170 123',
  '+49',
  '+4917012345678901',
  'by mail',
  '',
  undefined,
])('the telephone %s cannot be called from anywhere, so it is none', (written) => {
  expect(telephoneOf(written)).toBeUndefined();
});
