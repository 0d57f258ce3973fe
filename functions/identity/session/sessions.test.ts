import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../shared/events/define-event.ts';
import { endReused, logIn, logOut, maxSessions, Sessions, type SessionsState } from './sessions.ts';

const at = '2026-11-22T10:00:00.000Z';
const login = (sessionId: string, device = 'laptop') => ({ userId: 'u1', sessionId, device, at });

function folded(events: readonly DomainEvent[], from?: SessionsState): SessionsState {
  const state = events.reduce<SessionsState | undefined>((now, event) => Sessions.apply(now, event), from);
  if (state === undefined) throw new Error('nothing happened');
  return state;
}

/** Logged in once from each device, one after the other. */
function loggedInFrom(...devices: readonly string[]): SessionsState | undefined {
  let state: SessionsState | undefined;
  for (const [index, device] of devices.entries()) state = folded(logIn(state, login(`s${index}`, device)), state);
  return state;
}

describe('logging in', () => {
  it.each([
    ['for the first time', [], 'laptop', false],
    ['from a known device', ['laptop', 'phone'], 'laptop', false],
    ['from a new device', ['laptop', 'phone'], 'tablet', true],
  ])('a login %s records whether the device is new', (_, known, device, isNewDevice) => {
    expect(logIn(loggedInFrom(...known), login('s9', device))).toMatchObject([
      { type: 'user.login', data: { isNewDevice } },
    ]);
  });

  it('a login ends the oldest session if there are too many', () => {
    const full = loggedInFrom(...Array.from({ length: maxSessions }, () => 'laptop'));
    const events = logIn(full, login('new'));
    expect(events.map(({ data }) => data)).toMatchObject([
      { sessionId: 's0', reason: 'too-many' },
      { sessionId: 'new' },
    ]);
    expect(folded(events, full).sessions).toHaveLength(maxSessions);
  });

  it('a login recognizes a device after its session has ended', () => {
    const [first, second] = [folded(logIn(undefined, login('s0'))), login('s1', 'phone')];
    const both = folded(logIn(first, second), first);
    const ended = folded(logOut(both, ['s0', 's1'], { reason: 'logout' }), both);
    expect(ended).toMatchObject({ sessions: [], devices: ['phone', 'laptop'] });
  });
});

describe('a session', () => {
  const state = folded(logIn(undefined, login('s1')));

  it('a session ends only once', () => {
    const ending = { reason: 'ended-by-admin', by: 'u2' } as const;
    const [ended] = logOut(state, ['s1'], ending);
    expect(ended?.data).toEqual({ userId: 'u1', sessionId: 's1', ...ending });
    expect(logOut(folded(logOut(state, ['s1'], ending), state), ['s1'], ending)).toEqual([]);
  });

  it('a session whose refresh token is reused ends, and a security event is recorded', () => {
    const events = endReused(state, 's1', new Date(at));
    expect(events.map(({ type }) => type)).toEqual(['security.event', 'user.logout']);
    expect(folded(events, state).sessions).toEqual([]);
  });
});
