import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reserveStock } from '../../functions/inventory/reservation/reserve-stock.ts';
import { createStock } from '../../functions/inventory/stock/create-stock.ts';
import { takeSoldStock } from '../../functions/inventory/stock/take-sold-stock.ts';
import { ProductCreated } from '../../shared/events/contracts/catalog.ts';
import { OrderCreated } from '../../shared/events/contracts/orders.ts';
import { PosTransaction } from '../../shared/events/contracts/pos-transaction.ts';
import type { DataOf, DomainEvent } from '../../shared/events/define-event.ts';
import { consumerBench } from '../rigs/kernel/consumer-bench.ts';
import { recordOf } from '../rigs/kernel/records.ts';

type Transaction = DataOf<typeof PosTransaction>;

/** Something that happened at a till of the shop, with one line of TEA where nothing else is said. */
function atTill(kind: Transaction['kind'], saleId: string, quantity: number, details: Partial<Transaction> = {}) {
  return PosTransaction({
    shopId: 'berlin',
    transactionId: saleId,
    kind,
    location: 'main',
    register: '1',
    sessionId: 'session-1',
    businessDay: '2026-11-22',
    saleId,
    amount: 999,
    total: 999,
    rounding: 0,
    tax: [{ rate: 1_900, gross: 999, tax: 160 }],
    payments: [{ method: 'cash', amount: 999 }],
    lines: [{ itemId: 'TEA', quantity, restock: kind !== 'sale' }],
    at: '2026-11-22T10:00:00.000Z',
    ...details,
  });
}

const tea = (quantity: number) =>
  ProductCreated({
    productId: 'product-tea',
    sku: 'TEA',
    name: 'Tea',
    description: '',
    category: '',
    price: 999,
    quantity,
    createdAt: '2026-11-22T09:00:00.000Z',
  });

const anOrderOf = (quantity: number) =>
  OrderCreated({
    orderId: 'order-1',
    customerId: 'CUST-1',
    location: 'main',
    lines: [{ itemId: 'TEA', quantity, unitPrice: 999 }],
    totalAmount: quantity * 999,
    placedAt: '2026-11-22T09:59:00.000Z',
    expiresAt: '2026-11-22T10:14:00.000Z',
  });

/** An inventory with so much tea at `main`, some of it held for an order. */
async function inventory({ onHand, held = 0 }: { readonly onHand: number; readonly held?: number }) {
  const bench = await consumerBench();
  const hear = (...events: readonly DomainEvent[]) =>
    bench.consume(
      events.map((event) => recordOf(event)),
      createStock,
      reserveStock,
      takeSoldStock,
    );
  await hear(tea(onHand));
  if (held > 0) await hear(anOrderOf(held));
  const stockAt = async (location: string) => {
    const stock = await bench.container.read(`main/location:${location}`, 'stock:TEA');
    return stock && { onHand: stock.onHand, reserved: stock.reserved };
  };
  return { ...bench, hear, stockAt, stock: () => stockAt('main') };
}

describe('what is sold at a till', () => {
  it('a sale takes from the stock of the location, and a refund gives back what can be sold again', async () => {
    const { hear, stock } = await inventory({ onHand: 20 });
    await hear(atTill('sale', 'a', 3));
    expect(await stock()).toEqual({ onHand: 17, reserved: 0 });
    await hear(atTill('refund', 'a', 1), atTill('refund', 'a', 1, { lines: [] }));
    await hear(atTill('refund', 'a', 1, { lines: [{ itemId: 'TEA', quantity: 1, restock: false }] }));
    expect(await stock()).toEqual({ onHand: 18, reserved: 0 });
  });

  it('a voided sale gives everything back', async () => {
    const { hear, stock } = await inventory({ onHand: 20 });
    await hear(atTill('sale', 'a', 3), atTill('void', 'a', 3));
    expect(await stock()).toEqual({ onHand: 20, reserved: 0 });
  });

  it('a sale takes no piece that is held for an order', async () => {
    const { hear, stock, parked } = await inventory({ onHand: 2, held: 2 });
    await hear(atTill('sale', 'a', 3));
    expect([await stock(), await parked()]).toEqual([{ onHand: 2, reserved: 2 }, []]);
  });

  it('the stock of an item at a location begins with a sale of it there, and with what comes back to it', async () => {
    const { hear, stockAt } = await inventory({ onHand: 20 });
    await hear(atTill('sale', 'a', 3, { location: 'berlin' }), atTill('refund', 'b', 2, { location: 'hamburg' }));
    expect([await stockAt('berlin'), await stockAt('hamburg')]).toEqual([
      { onHand: 0, reserved: 0 },
      { onHand: 2, reserved: 0 },
    ]);
  });

  it('a movement of cash writes nothing in the inventory, not even that it was heard of', async () => {
    const { hear, documents } = await inventory({ onHand: 20 });
    const before = await documents('main/location:main');
    await hear(atTill('paid-in', 'a', 1, { lines: [] }), atTill('sale', 'b', 1, { lines: [] }));
    expect(await documents('main/location:main')).toEqual(before);
  });

  it('a transaction of the old systems is a dead letter, and those beside it take effect', async () => {
    const { consume, hear, stock, parked } = await inventory({ onHand: 20 });
    const old = { dataschema: 'urn:lagerhaus:pos.transaction:1', data: { id: 't', amount: 12.5, customer: 'CUST-1' } };
    await consume([recordOf(atTill('sale', 'old', 1), old)], takeSoldStock);
    await hear(atTill('sale', 'a', 3));
    expect([await stock(), (await parked()).length]).toEqual([{ onHand: 17, reserved: 0 }, 1]);
  });
});

describe('transactions of a till that come twice, late and in any order', () => {
  interface Happening {
    readonly kind: 'sale' | 'refund';
    readonly sale: number;
    readonly quantity: number;
  }

  const pieces = (max: number) => fc.integer({ min: 1, max });

  /** A sale with refunds of no more than was sold, among other sales. */
  const happenings = fc
    .record({
      sold: pieces(4),
      back: fc.array(pieces(2), { maxLength: 3 }),
      others: fc.array(pieces(4), { maxLength: 2 }),
    })
    .map(({ sold, back, others }) => [
      ...happeningsOf(0, sold, back),
      ...others.flatMap((quantity, other) => happeningsOf(other + 1, quantity, [])),
    ]);

  function happeningsOf(sale: number, sold: number, back: readonly number[]): readonly Happening[] {
    const refunds: Happening[] = [];
    let left = sold;
    for (const wanted of back) {
      const quantity = Math.min(wanted, left);
      left -= quantity;
      if (quantity > 0) refunds.push({ kind: 'refund', sale, quantity });
    }
    return [{ kind: 'sale', sale, quantity: sold }, ...refunds];
  }

  /** What is on hand in the end in each order in which it can have happened: no refund before its sale. */
  function possible(onHand: number, held: number, rest: readonly Happening[]): ReadonlySet<number> {
    if (rest.length === 0) return new Set([onHand]);
    const ends = rest.map((next) => {
      const others = rest.filter((one) => one !== next);
      if (next.kind === 'refund' && others.some(({ kind, sale }) => kind === 'sale' && sale === next.sale))
        return new Set<number>();
      return possible(
        next.kind === 'sale' ? Math.max(onHand - next.quantity, held) : onHand + next.quantity,
        held,
        others,
      );
    });
    return new Set(ends.flatMap((end) => [...end]));
  }

  /** Whether another sale is heard of between a refund and its own sale, which is late: it may take what came back (decision 84). */
  function othersComeBetween(heard: readonly Happening[]): boolean {
    const refund = heard.findIndex(({ kind }) => kind === 'refund');
    const sale = heard.findIndex((one) => one.kind === 'sale' && one.sale === 0);
    return refund >= 0 && heard.slice(refund, Math.max(refund, sale)).some((one) => one.sale !== 0);
  }

  it('transactions in any order, each once or more often, end with a stock that they can have led to in an order in which they can have happened', async () => {
    const shuffled = happenings.chain((all) =>
      fc.record({
        all: fc.constant(all),
        order: fc.array(fc.nat(all.length - 1), { maxLength: 12 }),
        onHand: fc.integer({ min: 0, max: 10 }),
        held: fc.integer({ min: 0, max: 3 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ all, order, onHand, held }) => {
        const heard = [...new Set([...order, ...all.keys()])].flatMap((index) => all[index] ?? []);
        fc.pre(!othersComeBetween(heard));
        const reserved = Math.min(held, onHand);
        const { consume, stock } = await inventory({ onHand, held: reserved });
        const records = all.map(({ kind, sale, quantity }) => recordOf(atTill(kind, `sale-${sale}`, quantity)));
        const delivered = [...order, ...all.keys()].flatMap((index) => records[index] ?? []);
        for (const record of delivered) await consume([record], takeSoldStock);
        await consume(delivered.toReversed(), takeSoldStock);
        const end = await stock();
        expect(end?.reserved).toBe(reserved);
        expect([...possible(onHand, reserved, all)]).toContain(end?.onHand);
      }),
      { numRuns: 60 },
    );
  });
});
