import { describe, expect, it } from 'vitest';
import { refund } from '../refund/refund.ts';
import { cancel, voiding } from './cancel.ts';
import { aSale, saleA, saleAfter } from './sale.examples.ts';

const { payments: _, ...parked } = saleA;
const said = { reasonCode: 'mistake', by: 'anna', at: '2026-11-22T10:10:00.000Z' };

describe('a sale that is cancelled', () => {
  it('a parked sale is cancelled, a completed one is voided, and again nothing happens', () => {
    for (const [sale, status] of [
      [aSale(parked), 'cancelled'],
      [aSale(), 'voided'],
    ] as const) {
      const now = saleAfter(sale, cancel(sale, said));
      expect([now.status, now.cancelled?.reasonCode]).toEqual([status, 'mistake']);
      expect(cancel(now, { ...said, reasonCode: 'other' })).toEqual([]);
    }
  });

  it('a sale of which something has come back is not voided', () => {
    const lines = [{ line: 1, quantity: 1, restock: true }];
    const back = {
      refundId: 'refund-1',
      sessionId: 'session-1',
      lines,
      payments: [{ method: 'cash' as const, amount: 999 }],
    };
    const terms = { smallestCoin: 1, isAnyMethodRight: false, by: 'anna', at: said.at };
    const sale = saleAfter(aSale(), [refund(aSale(), { ...back, reasonCode: 'broken' }, terms)]);
    expect(() => cancel(sale, said)).toThrow('some of the sale sale-1 has come back already');
  });

  it('a void takes out what the sale brought, and brings its goods back', () => {
    expect(voiding(aSale(), said.at)).toMatchObject({
      total: 3_747,
      rounding: 0,
      tax: [{ tax: 479 }, { tax: 49 }],
      payments: [{ method: 'cash', amount: 3_747 }],
      lines: [
        { itemId: 'TEA', quantity: 3, restock: true },
        { itemId: 'MILK', quantity: 3, restock: true },
      ],
    });
  });
});
