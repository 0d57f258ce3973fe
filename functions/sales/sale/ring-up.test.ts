import { describe, expect, it } from 'vitest';
import { cancel } from './cancel.ts';
import { complete, settlementOf } from './ring-up.ts';
import { aSale, saleA, saleAfter } from './sale.examples.ts';
import type { SaleState } from './sale.ts';

const { payments = [], ...unpaid } = saleA;
const parked = aSale({ ...unpaid, revision: 2 });

describe('a sale that is paid', () => {
  it('what is paid as it was parked tells of its payment alone', () => {
    expect(paid(parked, {}).map(({ type }) => type)).toEqual(['sale.completed']);
  });

  it.each([
    ['another session', { sessionId: 'session-2' }],
    ['a customer', { customerId: 'CUST-1' }],
    ['other lines', { lines: parked.lines.slice(1) }],
    ['another revision', { revision: 3 }],
  ])('what is paid with %s tells of that first', (_, change) => {
    expect(paid(parked, change).map(({ type }) => type)).toEqual(['sale.updated', 'sale.completed']);
  });

  it('what was paid though it is cancelled is rung up anew', () => {
    const cancelled = saleAfter(parked, cancel(parked, { reasonCode: 'mistake', by: 'boss', at: parked.soldAt }));
    const now = saleAfter(cancelled, paid(cancelled, {}));
    expect([now.status, now.cancelled]).toEqual(['completed', undefined]);
  });
});

function paid(sale: SaleState, change: Partial<SaleState>) {
  const { cancelled: _, ...rungUp } = { ...sale, ...change };
  const settled = settlementOf({ ...rungUp, lines: sale.lines }, payments, 1);
  return complete(sale, rungUp, { ...settled, receiptNumber: 'berlin-1-2026-11-22-1', flags: [] });
}
