import { repeatableIds } from '../../../shared/ids.ts';

/** The shop of the demo: it sells what the walkthrough sells, at two tills, from a stock of its own. */
export const demoShop = {
  shopId: 'corner',
  name: 'The corner shop',
  timeZone: 'UTC',
  registers: ['1', '2'],
  taxRates: [{ name: 'standard', percent: 19 }],
  defaultTax: 'standard',
  cashRounding: 0.05,
};

/** A request that a till makes, below the route of its shop. */
export interface TillRequest {
  readonly method: 'PUT' | 'POST';
  readonly route: string;
  readonly body: object;
}

interface Pieces {
  readonly lamps: number;
  readonly chairs: number;
}

const [lampCents, chairCents, discountCents, openingCents] = [5_000, 48_000, 498, 10_000];

/** Two lamps for cash: of these one may come back. */
const plainSale = 9;

/**
 * What a till sends of a day, in the order in which it happened: opened in the morning, some sales in cash and by card, now and then a piece
 * that comes back, a sale that is voided, change that is fetched, and the counting. It follows from day and register alone, so sent
 * again it is the same.
 */
export function tradingDay(day: string, register: string): readonly TillRequest[] {
  const newId = repeatableIds('demo', day, register);
  const sessionId = newId();
  const session = `sessions/${sessionId}`;
  const shade = Number(day.slice(-2)) + Number(register);
  const sales = Array.from({ length: 3 + (shade % 3) }, (_, n) => saleOf(n === 0 ? plainSale : n + shade, newId()));
  const put = (route: string, body: object): TillRequest => ({ method: 'PUT', route, body });
  const at = (minutes: number) => new Date(Date.parse(`${day}T08:00:00.000Z`) + minutes * 60_000).toISOString();

  const [first, ...others] = sales;
  const last = others.at(-1);
  if (first === undefined || last === undefined) throw new Error('a day of the demo has at least two sales');
  const [isVoided, isRefunded] = [shade % 3 === 0, shade % 2 === 0];
  const kept = isVoided ? sales.slice(0, -1) : sales;
  const moved = isRefunded ? -lampCents : 2_000;
  const cash = openingCents + moved + sumOf(kept.map((sale) => (sale.method === 'cash' ? sale.paidCents : 0)));
  const card = sumOf(kept.map((sale) => (sale.method === 'card' ? sale.paidCents : 0)));
  return [
    put(session, { register, openingCash: openingCents / 100, openedAt: at(0) }),
    ...sales.map(({ saleId, method, pieces, paidCents, isCheaper }, n) =>
      put(`sales/${saleId}`, {
        sessionId,
        offline: true,
        soldAt: at(20 + n * 45),
        lines: linesOf(pieces, isCheaper),
        payments: [{ method, amount: paidCents / 100 }],
      }),
    ),
    isRefunded
      ? refundOf(first.saleId, { refundId: newId(), sessionId })
      : put(`${session}/cash-movements/${newId()}`, { ...changeFetched, at: at(300) }),
    ...(isVoided ? [voidOf(last.saleId)] : []),
    {
      method: 'POST',
      route: `${session}/close`,
      body: {
        counted: { cash: (cash - (shade % 2) * 5) / 100, card: card / 100 },
        takenOut: (cash - openingCents - 5) / 100,
      },
    },
  ];
}

const changeFetched = { kind: 'paid-in', amount: 20, reasonCode: 'change-fetched' };

/** The days of the demo: the six before this one, the first of them first. A till that is longer away is not listened to. */
export function tradingDays(today: Date): readonly string[] {
  return [6, 5, 4, 3, 2, 1].map((ago) => new Date(today.getTime() - ago * 86_400_000).toISOString().slice(0, 10));
}

function saleOf(n: number, saleId: string) {
  const method = n % 3 === 1 ? 'card' : 'cash';
  const pieces = { lamps: 1 + (n % 2), chairs: n % 5 === 3 ? 1 : 0 };
  const isCheaper = n % 7 === 4;
  const cents = pieces.lamps * lampCents + pieces.chairs * chairCents - (isCheaper ? discountCents : 0);
  return { saleId, method, pieces, isCheaper, paidCents: method === 'cash' ? Math.round(cents / 5) * 5 : cents };
}

function linesOf({ lamps, chairs }: Pieces, isCheaper: boolean) {
  const lamp = { itemId: 'ITEM-001', quantity: lamps, unitPrice: lampCents / 100 };
  const chair = { itemId: 'ITEM-002', quantity: chairs, unitPrice: chairCents / 100 };
  const cheaper = isCheaper ? { ...lamp, discount: discountCents / 100 } : lamp;
  return chairs === 0 ? [cheaper] : [cheaper, chair];
}

function refundOf(saleId: string, which: { readonly refundId: string; readonly sessionId: string }): TillRequest {
  const payments = [{ method: 'cash', amount: lampCents / 100 }];
  const body = { ...which, lines: [{ line: 1, quantity: 1 }], payments, reasonCode: 'changed-mind' };
  return { method: 'POST', route: `sales/${saleId}/refunds`, body };
}

function voidOf(saleId: string): TillRequest {
  return { method: 'POST', route: `sales/${saleId}/cancel`, body: { reasonCode: 'wrong-item' } };
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
