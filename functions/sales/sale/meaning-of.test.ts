import { describe, expect, it } from 'vitest';
import { aRegisterOpened } from '../session/session.examples.ts';
import { Session } from '../session/session.ts';
import { meaningOf } from './meaning-of.ts';
import { aSale, grounds } from './sale.examples.ts';

const session = Session.apply(undefined, aRegisterOpened);
const another = { ...session, sessionId: 'session-2' };
const late = { ...aSale(), sessionId: 'late-1-2026-11-22' };

describe('what a till means by a sale that it says again', () => {
  it('the session of a sale is the one that took it, and no other of its register and day', () => {
    expect(meaningOf(aSale(), grounds.shop, session).isSession('session-1')).toBe(true);
    expect(meaningOf(aSale(), grounds.shop, another).isSession('session-2')).toBe(false);
  });

  it('the session of a sale that came late is any of its register and day', () => {
    expect(meaningOf(late, grounds.shop, another).isSession('session-2')).toBe(true);
    expect(meaningOf(late, grounds.shop, { ...another, register: '2' }).isSession('session-2')).toBe(false);
    expect(meaningOf(late, grounds.shop, { ...another, businessDay: '2026-11-23' }).isSession('session-2')).toBe(false);
    expect(meaningOf(late, grounds.shop, undefined).isSession('session-9')).toBe(false);
  });

  it('a tax is what it was when the sale was made', () => {
    const history = [{ rate: 1_900 }, { validFrom: '2026-11-23', rate: 2_100 }];
    const shop = { ...grounds.shop, taxRates: [{ name: 'standard', history }] };
    expect(meaningOf(aSale(), shop, session).rateOf('standard')).toBe(1_900);
    expect(meaningOf(aSale(), shop, session).rateOf('luxury')).toBeUndefined();
  });
});
