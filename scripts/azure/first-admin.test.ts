import { expect, it } from 'vitest';
import { lacksOf } from '../../functions/identity/password/password-policy.ts';
import { madePassword } from './first-admin.ts';

it('the password that is made for the first admin has all that a policy may ask for, whatever chance makes of it', () => {
  const policy = { length: 36, rules: ['upper', 'lower', 'digit', 'symbol', 'common'] } as const;
  const account = { email: 'boss@example.com', first_name: 'First', last_name: 'Admin' };
  const made = Array.from({ length: 500 }, madePassword);
  expect(made.flatMap((password) => lacksOf(password, policy, account))).toEqual([]);
  expect(new Set(made).size).toBe(made.length);
});
