import { describe, expect, it } from 'vitest';
import { given } from '../../../tests/rigs/model/decider.ts';
import { activate, changed, deactivate, refuseOwn, register, remove, setRoles, User, type UserState } from './user.ts';

const { state: ann } = given(User).when(register, 'u1', ['customer'], '2026-11-22T10:00:00.000Z');

/** What an admin does, and when. */
const act = { by: 'u2', at: '2026-11-22T11:00:00.000Z' };

describe('a user', () => {
  it('a new user is active and has the roles they are given', () => {
    expect(ann).toEqual({ userId: 'u1', roles: ['customer'], status: 'active', createdAt: '2026-11-22T10:00:00.000Z' });
  });

  it('a changed profile is recorded by its name only, and leaves the user’s state as it is', () => {
    const data = expect.objectContaining({ changed: ['profile'], roles: ['customer'], by: 'u1' });
    given(User, ann)
      .when(changed, 'profile')
      .then([{ type: 'user.updated', data }])
      .thenState(ann);
  });

  it('setting other roles changes a user, and setting the same ones again changes nothing', () => {
    const { state: clerk } = given(User, ann).when(setRoles, ['sales', 'warehouse'], act);
    expect(clerk.roles).toEqual(['sales', 'warehouse']);
    given(User, clerk).when(setRoles, ['warehouse', 'sales'], act).then([]);
  });

  it('a user is deactivated once and keeps their roles', () => {
    const gone = { ...ann, status: 'deactivated' } as const;
    given(User, ann).when(deactivate, act).thenState(gone);
    given(User, gone).when(deactivate, act).then([]);
    expect(given(User, gone).when(setRoles, ['sales'], act).state.status).toBe('deactivated');
  });

  it('a user who was deactivated is activated once, with the roles that they had or were given since', () => {
    const gone = { ...ann, status: 'deactivated' } as const;
    given(User, gone).when(activate, act).thenState(ann);
    given(User, ann).when(activate, act).then([]);
    const { state: clerk } = given(User, gone).when(setRoles, ['sales'], act);
    given(User, clerk)
      .when(activate, act)
      .thenState({ ...ann, roles: ['sales'] });
  });

  it('a user is deleted once, and what is left has no roles and expires', () => {
    const { state: gone } = given(User, ann).when(remove, act);
    expect(gone).toMatchObject({ status: 'deleted', roles: [], ttl: 14 * 86_400 });
    given(User, gone).when(remove, act).then([]);
  });

  it.each([
    ['roles-changed', (user: UserState) => setRoles(user, ['sales'], act)],
    ['user-deactivated', (user: UserState) => deactivate(user, act)],
    ['user-activated', (user: UserState) => activate({ ...user, status: 'deactivated' }, act)],
    ['user-deleted', (user: UserState) => remove(user, act)],
  ])('security hears of %s, and by whom', (kind, decide) => {
    const [first, second] = decide(ann);
    expect(first).toMatchObject({ data: { userId: 'u1', by: 'u2' } });
    expect(second).toMatchObject({ type: 'security.event', data: { subject: 'user/u1', kind, ...act } });
  });

  it('a user cannot lock themselves out', () => {
    expect(() => refuseOwn('u1', ann)).toThrow(expect.objectContaining({ code: 'own-account' }));
    expect(() => refuseOwn('u2', ann)).not.toThrow();
  });
});

it('no event of a user contains personal data', () => {
  const told = [
    register('u1', [], ''),
    changed(ann, 'profile'),
    setRoles(ann, ['admin'], act),
    deactivate(ann, act),
    activate({ ...ann, status: 'deactivated' }, act),
    remove(ann, act),
  ];
  const fields = new Set(told.flat().flatMap(({ data }) => Object.keys(data)));
  expect([...fields].toSorted()).toEqual([
    'at',
    'by',
    'changed',
    'createdAt',
    'isActive',
    'kind',
    'roles',
    'subject',
    'userId',
  ]);
});
