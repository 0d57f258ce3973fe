import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../shared/money.ts';
import { expectedOf } from '../session/journal.ts';
import type { SessionState } from '../session/session.ts';
import { dailyTotals } from './daily-totals.ts';
import { RandomDay, steps, type Transaction } from './random-day.examples.ts';

const anyDays = steps.map(({ smallestCoin, steps }) => {
  const day = new RandomDay(smallestCoin);
  for (const step of steps) day.take(step);
  return day;
});
const always = (promise: (day: RandomDay) => void) => () => {
  fc.assert(fc.property(anyDays, promise), { numRuns: 200 });
};

const signOf = { sale: 1, refund: -1, void: -1, 'paid-in': 1, 'paid-out': -1 } as const;
const isBusiness = ({ kind }: Transaction) => kind === 'sale' || kind === 'refund' || kind === 'void';
const amountOf = (all: readonly Transaction[], kind: Transaction['kind']) =>
  sum(all.filter((one) => one.kind === kind).map(({ total }) => total));
const paidBy = (all: readonly Transaction[], by: string) =>
  all.reduce(
    (net, { kind, payments }) =>
      net + signOf[kind] * sum(payments.filter(({ method }) => method === by).map(({ amount }) => amount)),
    0,
  );
const taxOf = (all: readonly Transaction[]) =>
  all.filter(isBusiness).flatMap(({ kind, tax }) => tax.map((one) => ({ ...one, sign: signOf[kind] })));

/** What a journal comes to, added up from its entries, in another way than sessions do. */
function addedUp(journal: readonly Transaction[]) {
  const rates = [...new Set(taxOf(journal).map(({ rate }) => rate))].toSorted((one, other) => other - one);
  return {
    sales: amountOf(journal, 'sale'),
    refunds: amountOf(journal, 'refund'),
    voids: amountOf(journal, 'void'),
    rounding: sum(journal.map(({ kind, rounding }) => signOf[kind] * rounding)),
    tax: rates.map((rate) => {
      const ofRate = taxOf(journal).filter((one) => one.rate === rate);
      return {
        rate,
        gross: sum(ofRate.map(({ sign, gross }) => sign * gross)),
        tax: sum(ofRate.map(({ sign, tax }) => sign * tax)),
      };
    }),
    cash: paidBy(journal.filter(isBusiness), 'cash'),
    card: paidBy(journal.filter(isBusiness), 'card'),
  };
}

function told({ totals: { sales, refunds, voids, rounding, tax, payments } }: Pick<SessionState, 'totals'>) {
  const { cash, card } = payments;
  return { sales: sales.amount, refunds: refunds.amount, voids: voids.amount, rounding, tax, cash, card };
}

describe('random days at the tills of a shop', () => {
  it(
    'what a session says is the sum of its transactions, and what is expected is in the drawer',
    always(({ sessions, journal }) => {
      for (const session of sessions.values()) {
        const own = journal.filter(({ sessionId }) => sessionId === session.sessionId);
        expect(told(session)).toEqual(addedUp(own));
        expect(expectedOf(session)).toEqual({
          cash: session.openingCash + paidBy(own, 'cash'),
          card: paidBy(own, 'card'),
          voucher: 0,
        });
      }
    }),
  );

  it(
    'a day is the sum of its sessions, and of its transactions',
    always(({ sessions, journal }) => {
      for (const day of new Set(journal.map(({ businessDay }) => businessDay))) {
        const own = journal.filter(({ businessDay }) => businessDay === day);
        const totals = dailyTotals([...sessions.values()].filter(({ businessDay }) => businessDay === day));
        const { sales, refunds, voids, net, rounding, tax, payments } = totals;
        const { cash, card, ...rest } = addedUp(own);
        expect({ sales: sales.gross, refunds: refunds.amount, voids: voids.amount, rounding, tax }).toEqual(rest);
        expect(payments).toEqual({ cash, card, voucher: 0 });
        expect(net).toBe(rest.sales - rest.refunds - rest.voids);
        expect(cash + card).toBe(net + rounding);
        expect(sum(tax.map(({ gross }) => gross))).toBe(net);
      }
    }),
  );

  it(
    'of each transaction, the payments are the total and the rounding',
    always(({ journal }) => {
      for (const { amount, total, rounding, payments } of journal) {
        expect(amount).toBe(total + rounding);
        expect(sum(payments.map((payment) => payment.amount))).toBe(amount);
      }
    }),
  );

  it(
    'the receipts of a till and day are counted without a gap or a double over its sessions, late ones by themselves',
    always(({ sessions, receipts }) => {
      const series = Map.groupBy(receipts, ({ sessionId }) => {
        const session = sessions.get(sessionId);
        return `${session?.register} ${session?.businessDay} ${session?.status === 'late'}`;
      });
      for (const all of series.values()) {
        const numbers = all.map(({ number }) => Number(/(\d+)$/.exec(number)?.[1]));
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }
      expect(new Set(receipts.map(({ number }) => number)).size).toBe(receipts.length);
    }),
  );

  it(
    'the journal of a session has no gap, and one session at most is open at a till',
    always(({ sessions, sequences }) => {
      for (const [id, all] of Map.groupBy(sequences, ({ sessionId }) => sessionId))
        expect([id, all.map(({ sequence }) => sequence)]).toEqual([id, all.map((_, index) => index + 2)]);
      const open = [...sessions.values()].filter(({ status }) => status === 'open').map(({ register }) => register);
      expect(new Set(open).size).toBe(open.length);
    }),
  );

  it(
    'no more comes back of a sale than was sold, nor more tax than was in it; of all of it, exactly that',
    always(({ sales }) => {
      for (const { lines, total, refunds, status } of sales.values()) {
        const back = sum(refunds.map((refund) => refund.total));
        expect(back).toBeLessThanOrEqual(total);
        for (const { quantity, refunded } of lines) expect(refunded).toBeLessThanOrEqual(quantity);
        if (status === 'completed' && lines.every(({ quantity, refunded }) => quantity === refunded))
          expect(back).toBe(total);
      }
    }),
  );

  it(
    'the tax that came back of a sale is at most what was in it',
    always(({ journal }) => {
      for (const [, all] of Map.groupBy(journal.filter(isBusiness), ({ saleId }) => saleId)) {
        const net = addedUp(all).tax;
        for (const { gross, tax } of net) {
          expect(tax).toBeGreaterThanOrEqual(0);
          if (gross === 0) expect(tax).toBe(0);
        }
      }
    }),
  );
});
