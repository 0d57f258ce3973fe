import { describe, expect, it } from 'vitest';
import { RegisterClosed, RegisterOpened } from '../../../shared/events/contracts/sales.ts';
import type { DomainEvent } from '../../../shared/events/define-event.ts';
import { bookCash, bookRefund, bookSale, bookVoid, expectedOf } from './journal.ts';
import { aBooking, aRegisterOpened } from './session.examples.ts';
import { Session, type SessionState } from './session.ts';

const opened = Session.apply(undefined, aRegisterOpened);
const continued = (session: SessionState, events: readonly DomainEvent[]) =>
  events.reduce<SessionState>((state, event) => Session.apply(state, event), session);
const sold = (session: SessionState, booking = aBooking) => continued(session, bookSale(session, booking).events);
const closed = continued(opened, [
  RegisterClosed({
    shopId: 'berlin',
    register: '1',
    sessionId: 'session-1',
    businessDay: '2026-11-22',
    expected: { cash: 10_000, card: 0, voucher: 0 },
    counted: { cash: 10_000 },
    difference: { cash: 0 },
    takenOut: 0,
    by: 'user-1',
    at: '2026-11-22T19:00:00.000Z',
  }),
]);
const refund = {
  ...aBooking,
  refundId: 'refund-1',
  total: 1_249,
  tax: [
    { rate: 1_900, gross: 999, tax: 160 },
    { rate: 700, gross: 250, tax: 16 },
  ],
  payments: [{ method: 'cash', amount: 1_249 } as const],
};

describe('the journal of a session', () => {
  it('a sale brings its money into the drawer and has the next receipt', () => {
    const first = bookSale(opened, aBooking);
    expect(first.receiptNumber).toBe('berlin-1-2026-11-22-1');
    const next = continued(opened, first.events);
    expect(expectedOf(next)).toEqual({ cash: 13_747, card: 0, voucher: 0 });
    expect(bookSale(next, { ...aBooking, saleId: 'sale-2' }).receiptNumber).toBe('berlin-1-2026-11-22-2');
  });

  it('receipts go on from the session before on the same day', () => {
    const second = Session.apply(undefined, RegisterOpened({ ...aRegisterOpened.data, receiptsBefore: 12 }));
    expect(bookSale(second, aBooking).receiptNumber).toBe('berlin-1-2026-11-22-13');
  });

  it('the drawer is what it began with, and what came in and went out', () => {
    let session = sold(opened);
    session = sold(session, { ...aBooking, total: 2_890, tax: [], payments: [{ method: 'card', amount: 2_890 }] });
    session = sold(session, { ...aBooking, total: 1_290, tax: [], payments: [{ method: 'cash', amount: 1_290 }] });
    session = continued(session, bookRefund(session, refund));
    const at = aBooking.at;
    session = continued(session, bookCash(session, { movementId: 'in', kind: 'paid-in', amount: 5_000, at }));
    session = continued(session, bookCash(session, { movementId: 'out', kind: 'paid-out', amount: 2_000, at }));
    expect(expectedOf(session)).toEqual({ cash: 16_788, card: 2_890, voucher: 0 });
    expect(session.totals).toMatchObject({
      sales: { count: 3, amount: 7_927 },
      refunds: { count: 1, amount: 1_249 },
      paidIn: { count: 1, amount: 5_000 },
      paidOut: { count: 1, amount: 2_000 },
      tax: [
        { rate: 1_900, gross: 1_998, tax: 319 },
        { rate: 700, gross: 500, tax: 33 },
      ],
    });
  });

  it('a void takes out what the sale brought in, and the sale stays counted', () => {
    const session = sold(opened, { ...aBooking, rounding: -2, payments: [{ method: 'cash', amount: 3_745 }] });
    const voided = continued(
      session,
      bookVoid(session, { ...aBooking, rounding: -2, payments: [{ method: 'cash', amount: 3_745 }] }),
    );
    expect(expectedOf(voided)).toEqual(expectedOf(opened));
    expect(voided.totals).toMatchObject({
      sales: { count: 1, amount: 3_747 },
      voids: { count: 1, amount: 3_747 },
      rounding: 0,
      tax: [
        { rate: 1_900, gross: 0, tax: 0 },
        { rate: 700, gross: 0, tax: 0 },
      ],
    });
  });

  it('a late session takes sales, numbers them by themselves, and nothing else', () => {
    const late = Session.apply(undefined, RegisterOpened({ ...aRegisterOpened.data, openingCash: 0, isLate: true }));
    expect(bookSale(late, aBooking).receiptNumber).toBe('berlin-1-2026-11-22-L1');
    expect(() => bookRefund(late, refund)).toThrow(expect.objectContaining({ code: 'session-closed' }));
  });

  it.each([
    ['a sale', () => bookSale(closed, aBooking)],
    ['a refund', () => bookRefund(closed, refund)],
    ['a void', () => bookVoid(closed, aBooking)],
    ['cash', () => bookCash(closed, { movementId: 'in', kind: 'paid-in', amount: 1, at: aBooking.at })],
  ])('a session that is closed does not take %s', (_, book) => {
    expect(book).toThrow(expect.objectContaining({ code: 'session-closed' }));
  });
});
