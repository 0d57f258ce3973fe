import { expect, it } from 'vitest';
import { identity } from './service.ts';

it('every route of accounts that anybody may call, save the page for people, and the change of a password, is held to AUTH_RATE_LIMIT', () => {
  const held = identity.endpoints.filter(({ rate }) => rate === 'auth').map(({ name }) => name);
  const open = identity.endpoints.filter(({ roles }) => roles === 'public').map(({ name }) => name);
  expect([...held, 'show-account-page'].toSorted()).toEqual([...open, 'change-password'].toSorted());
});
