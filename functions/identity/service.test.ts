import { expect, it } from 'vitest';
import { identity } from './service.ts';

it('whatever of accounts anybody may call, and the change of a password, is held to the rate of auth', () => {
  const held = identity.endpoints.filter(({ rate }) => rate === 'auth').map(({ name }) => name);
  const open = identity.endpoints.filter(({ roles }) => roles === 'public').map(({ name }) => name);
  expect(held.toSorted()).toEqual([...open, 'change-password'].toSorted());
});
