import { describe, expect, it } from 'vitest';
import { aRegisterOpened } from '../session/session.examples.ts';
import { Session } from '../session/session.ts';
import { meantSessionOf } from './meant-session.ts';
import { aSale } from './sale.examples.ts';

const session = Session.apply(undefined, aRegisterOpened);
const another = { ...session, sessionId: 'session-2' };
const late = { ...aSale(), sessionId: 'late-1-2026-11-22' };

describe('the session of a sale that a till says again', () => {
  it('the session of a sale is the one that took it, and no other of its register and day', () => {
    expect(meantSessionOf(aSale(), session)('session-1')).toBe(true);
    expect(meantSessionOf(aSale(), another)('session-2')).toBe(false);
  });

  it('the session of a sale that came late is any of its register and day', () => {
    expect(meantSessionOf(late, another)('session-2')).toBe(true);
    expect(meantSessionOf(late, { ...another, register: '2' })('session-2')).toBe(false);
    expect(meantSessionOf(late, { ...another, businessDay: '2026-11-23' })('session-2')).toBe(false);
    expect(meantSessionOf(late, undefined)('session-9')).toBe(false);
  });
});
