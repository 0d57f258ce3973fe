import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../shared/events/define-event.ts';
import { changed, deactivate, refuseOwn, register, remove, setRoles, User, type UserState } from './user.ts';

function folded(events: readonly DomainEvent[], from?: UserState): UserState {
  const state = events.reduce<UserState | undefined>((now, event) => User.apply(now, event), from);
  if (state === undefined) throw new Error('nothing happened');
  return state;
}

const ann = folded(register('u1', ['customer'], '2026-11-22T10:00:00.000Z'));

describe('a user', () => {
  it('begins active, with the roles they are given', () => {
    expect(ann).toEqual({ userId: 'u1', roles: ['customer'], status: 'active', createdAt: '2026-11-22T10:00:00.000Z' });
  });

  it('whose profile changes stays as they are: the event says which part it was, not to what', () => {
    const events = changed(ann, 'profile');
    expect(events).toMatchObject([{ type: 'user.updated', data: { changed: ['profile'], roles: ['customer'] } }]);
    expect(folded(events, ann)).toEqual(ann);
  });

  it('gets other roles, and the same once', () => {
    const clerk = folded(setRoles(ann, ['sales', 'warehouse']), ann);
    expect(clerk.roles).toEqual(['sales', 'warehouse']);
    expect(setRoles(clerk, ['warehouse', 'sales'])).toEqual([]);
  });

  it('is deactivated once, keeping their roles', () => {
    const gone = folded(deactivate(ann), ann);
    expect(gone).toEqual({ ...ann, status: 'deactivated' });
    expect(deactivate(gone)).toEqual([]);
    expect(folded(setRoles(gone, ['sales']), gone).status).toBe('deactivated');
  });

  it('is deleted once; what is left has no role and ends by itself', () => {
    const gone = folded(remove(ann), ann);
    expect(gone).toMatchObject({ status: 'deleted', roles: [], ttl: 14 * 86_400 });
    expect(remove(gone)).toEqual([]);
  });

  it('does not shut themselves out', () => {
    expect(() => refuseOwn('u1', ann)).toThrow(expect.objectContaining({ code: 'own-account' }));
    expect(() => refuseOwn('u2', ann)).not.toThrow();
  });
});

it('no event of a user says who it is', () => {
  const told = [
    register('u1', [], ''),
    changed(ann, 'profile'),
    setRoles(ann, ['admin']),
    deactivate(ann),
    remove(ann),
  ];
  const fields = new Set(told.flat().flatMap(({ data }) => Object.keys(data)));
  expect([...fields].toSorted()).toEqual(['changed', 'createdAt', 'isActive', 'roles', 'userId']);
});
