import { expect, it } from 'vitest';
import { identitySettings } from './settings.ts';

const { ADMIN_EMAILS } = identitySettings.shape;

it('ADMIN_EMAILS are compared as addresses are: their case and blanks around them do not count', () => {
  expect(ADMIN_EMAILS.parse(' Boss@Example.com ,second@example.com')).toEqual([
    'boss@example.com',
    'second@example.com',
  ]);
});

it('ADMIN_EMAILS that are no addresses are refused', () => {
  expect(ADMIN_EMAILS.safeParse('boss, second@example.com').success).toBe(false);
});
