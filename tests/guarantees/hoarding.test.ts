import { describe, expect, it } from 'vitest';
import { checkOpenOrder } from '../../functions/orders/open-orders/check-open-order.ts';
import { discountClosedOrder } from '../../functions/orders/open-orders/discount-closed-order.ts';
import { countId } from '../../functions/orders/open-orders/open-orders.ts';
import { cancel, Order, orderBoundary } from '../../functions/orders/order/order.ts';
import { placeOrder } from '../../functions/orders/order/place-order.ts';
import { itemBoundary, Price } from '../../functions/orders/price-list/price.ts';
import { orders } from '../../functions/orders/service.ts';
import { lookupOwners, lookupsBy } from '../../shared/app/lookup-owners.ts';
import { answers } from '../../shared/capabilities/answers.ts';
import { defineService } from '../../shared/capabilities/define-service.ts';
import { consumeBatch } from '../../shared/consuming/consume-batch.ts';
import { type OrderStatus, OrderStatusChanged } from '../../shared/events/contracts/orders.ts';
import { EmailToVerify } from '../../shared/lookups/email-to-verify.ts';
import { consumeDependencies } from '../../shared/runtime/consume-dependencies.ts';
import type { Role } from '../../shared/security/principal.ts';
import { sweep } from '../../shared/sweep/sweep.ts';
import { benchSettings } from '../rigs/bench-settings.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../rigs/kernel/records.ts';
import { request } from '../rigs/kernel/request.ts';
import { runtimeBench } from '../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../rigs/kernel/serve-endpoint.ts';

/** Long enough for whatever a crash has left to be found out. */
const tenMinutes = 600_000;

/** Where no address has to be verified. */
const identity = defineService({
  name: service,
  summary: 'Those whom a test makes up.',
  capabilities: [answers(EmailToVerify, async () => undefined)],
});

/** Orders with these limits, and a price for one item. */
async function shopWith(limits: Readonly<Record<'ORDERS_OPEN_MAX' | 'ORDER_PIECES_MAX', string>>) {
  const bench = await runtimeBench();
  // Nobody decides here, and nobody reads what is to be decided.
  const settings = benchSettings([orders], { ...limits, DECISION_WAIT: 'PT0S' });
  const lookupOf = lookupsBy(lookupOwners([identity], [EmailToVerify]), { ...bench.runtime, settings });
  const as = (roles: readonly Role[]) => ({
    ...bench.runtime,
    settings,
    lookupOf,
    verifyToken: async (token: string) => ({ sub: token, tenant: 'main', roles }),
  });
  const prices = bench.open(`main/${itemBoundary('CHAIR')}`);
  (await prices.load(Price, 'CHAIR')).put({
    sku: 'CHAIR',
    price: 100,
    isSold: true,
    subject: 'product/1',
    sequence: 1,
  });
  await prices.commit();
  const place = async (customer: string, quantity = 1, { key, roles = ['customer'] }: Placing = {}) => {
    const headers = { authorization: `Bearer ${customer}`, ...(key === undefined ? {} : { 'idempotency-key': key }) };
    const body = { items: [{ itemId: 'CHAIR', quantity }], ...(roles.includes('sales') ? { customerId: 'ann' } : {}) };
    const { status, body: answer = '' } = await serveEndpoint(placeOrder, request({ headers, body }), {
      service,
      runtime: as(roles),
    });
    const { id = '', type }: { readonly id?: string; readonly type?: string } = JSON.parse(answer);
    return { status, id, type };
  };
  return {
    ...bench,
    place,
    statuses: async (...wishes: readonly ReturnType<typeof place>[]) =>
      (await Promise.all(wishes)).map(({ status }) => status).sort(),
    count: async (customer: string) => {
      const stored = await bench.container.read(`main/open-orders-of:${customer}`, `open-orders:${countId}`);
      return stored === undefined ? undefined : [stored.orders, stored.pieces];
    },
    sweepIn: async (milliseconds: number) => {
      bench.clock.pass(milliseconds);
      await sweep([{ name: service, deadlines: [checkOpenOrder] }], bench.runtime);
    },
    hear: async (orderId: string, to: OrderStatus) =>
      consumeBatch(
        [recordOf(OrderStatusChanged({ orderId, customerId: 'ann', location: 'main', from: 'pending', to }))],
        { name: 'orders-on-order-events', reactions: [discountClosedOrder] },
        consumeDependencies(service, bench.runtime),
      ),
  };
}

interface Placing {
  readonly key?: string;
  readonly roles?: readonly Role[];
}

describe('a customer who hoards', () => {
  it('of many orders that a customer places at once exactly as many are taken as may be open', async () => {
    const { place, statuses, count } = await shopWith({ ORDERS_OPEN_MAX: '5', ORDER_PIECES_MAX: '0' });
    const placed = await statuses(...Array.from({ length: 20 }, () => place('ann')));
    expect(placed).toEqual([...Array(5).fill(201), ...Array(15).fill(409)]);
    expect(await count('ann')).toEqual([5, 5]);
    expect(await place('ann')).toMatchObject({ status: 409, type: '/problems/too-many-open-orders' });
    expect((await place('bob')).status).toBe(201);
  });

  it('of many orders that a customer places at once exactly as many pieces are taken as may be open', async () => {
    const { place, statuses, count } = await shopWith({ ORDERS_OPEN_MAX: '0', ORDER_PIECES_MAX: '10' });
    const placed = await statuses(...Array.from({ length: 12 }, () => place('ann', 3)));
    expect(placed).toEqual([...Array(3).fill(201), ...Array(9).fill(409)]);
    expect(await count('ann')).toEqual([3, 9]);
    expect((await place('ann', 1)).status).toBe(201);
  });

  it('an order that sales places for a customer is not counted, and taken whatever they have open', async () => {
    const { place, count } = await shopWith({ ORDERS_OPEN_MAX: '1', ORDER_PIECES_MAX: '0' });
    expect((await place('ann')).status).toBe(201);
    expect((await place('eve', 9, { roles: ['sales', 'customer'] })).status).toBe(201);
    expect(await count('ann')).toEqual([1, 1]);
  });

  it('without limits nothing is counted', async () => {
    const { place, count } = await shopWith({ ORDERS_OPEN_MAX: '0', ORDER_PIECES_MAX: '0' });
    expect((await place('ann')).status).toBe(201);
    expect(await count('ann')).toBeUndefined();
  });

  it.each([
    'rejected',
    'cancelled',
    'shipped',
  ] as const)('an order that is %s makes room for another, once however often that is heard', async (to) => {
    const { place, hear, count } = await shopWith({ ORDERS_OPEN_MAX: '2', ORDER_PIECES_MAX: '0' });
    const [{ id }] = [await place('ann', 2), await place('ann', 3)];
    await hear(id, 'confirmed');
    expect((await place('ann')).status).toBe(409);
    for (let time = 0; time < 2; time += 1) await hear(id, to);
    expect(await count('ann')).toEqual([1, 3]);
    expect((await place('ann')).status).toBe(201);
  });
});

describe('a crash between the count and the order', () => {
  it('an order that never came counts for some minutes, and not for ever', async () => {
    const shop = await shopWith({ ORDERS_OPEN_MAX: '1', ORDER_PIECES_MAX: '0' });
    const recover = shop.faults.allAfter(1, 'Batch', { kind: 'refuse', status: 503 });
    expect((await shop.place('ann')).status).toBe(503);
    expect(recover()).toBe(true);
    expect((await shop.place('ann')).status).toBe(409);
    await shop.sweepIn(60_000);
    expect(await shop.count('ann')).toEqual([1, 1]);
    await shop.sweepIn(tenMinutes);
    expect(await shop.count('ann')).toBeUndefined();
    expect((await shop.place('ann')).status).toBe(201);
    expect((await shop.place('ann')).status).toBe(409);
  });

  it('an order that is completed by repeating the request counts once, and as long as it is open', async () => {
    const shop = await shopWith({ ORDERS_OPEN_MAX: '1', ORDER_PIECES_MAX: '0' });
    // The claim of the key, and the count.
    const recover = shop.faults.allAfter(2, 'Batch', { kind: 'refuse', status: 503 });
    expect((await shop.place('ann', 1, { key: 'k' })).status).toBe(503);
    expect(recover()).toBe(true);
    const placed = await shop.place('ann', 1, { key: 'k' });
    expect([placed.status, await shop.count('ann')]).toEqual([201, [1, 1]]);
    expect(await shop.place('ann', 1, { key: 'k' })).toEqual(placed);
    await shop.sweepIn(tenMinutes);
    expect(await shop.count('ann')).toEqual([1, 1]);
    expect((await shop.place('ann')).status).toBe(409);
    await shop.hear(placed.id, 'cancelled');
    expect(await shop.count('ann')).toBeUndefined();
  });

  it('an order that was closed without a word is found out, too', async () => {
    const shop = await shopWith({ ORDERS_OPEN_MAX: '1', ORDER_PIECES_MAX: '0' });
    const { id } = await shop.place('ann');
    const work = shop.open(`main/${orderBoundary(id)}`);
    const order = await work.load(Order, id);
    order.record(cancel(order.state, 'by-customer'));
    await work.commit();
    await shop.sweepIn(tenMinutes);
    expect(await shop.count('ann')).toBeUndefined();
  });
});
