import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Answer } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, Shop } from '../rigs/clients/shop.ts';
import { whenThereIsRoom } from '../rigs/clients/when-there-is-room.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { insist } from '../rigs/stack/insist.ts';
import { expectAgreement } from './agreement.ts';
import { ownStack, shortSessions, withoutMails } from './own-stack.ts';

/** Many more than can be decided at once, none of which waits when it is told to. */
const callers = 80;

it('a flood of orders, with a kill in it, loses none that was acknowledged, doubles none, leaves nothing of those refused, and refuses no other tenant', async (context) => {
  const stack = await ownStack(context, { env: { ...withoutMails, ...shortSessions } });
  const [flooding, other] = [new Shop(stack), new Shop(stack)];
  const [{ sku }, { sku: elsewhere }] = [await flooding.sell({ quantity: 100_000 }), await other.sell()];
  const [flood, clerk] = [await flooding.as('sales'), await other.as('sales')];

  const acknowledged: string[] = [];
  const refusedKeys: string[] = [];
  const otherAnswers: Answer<Order>[] = [];
  let isOver = false;
  const place = (idempotencyKey: string) =>
    flood.post<Order>('/api/v1/orders', orderOf({ [sku]: 1 }), { idempotencyKey });
  /** An order that nobody answered, since the process is gone, is sent until it is taken. */
  const placeAgain = (key: string) => insist(() => whenThereIsRoom(() => place(key)));
  const keepOrdering = async () => {
    while (!isOver) {
      const key = randomUUID();
      const answer = await place(key).catch(() => placeAgain(key));
      if (answer.status === 503) refusedKeys.push(key);
      else acknowledged.push(answer.body.id);
      expect([201, 503]).toContain(answer.status);
    }
  };
  const keepBuying = async () => {
    const headers = { prefer: 'wait=5' };
    while (!isOver) {
      const idempotencyKey = randomUUID();
      const buy = () => clerk.post<Order>('/api/v1/orders', orderOf({ [elsewhere]: 1 }), { idempotencyKey, headers });
      otherAnswers.push(await eventually(buy, 20_000));
    }
  };
  const all = Promise.all([keepBuying(), ...Array.from({ length: callers }, keepOrdering)]);
  const atLeast = (many: number, some: readonly unknown[]) =>
    eventually(() => {
      if (some.length < many) throw new Error(`there are ${some.length} of ${many}`);
    }, 60_000);

  await atLeast(20, refusedKeys);
  await stack.faults.functions().crash();
  await atLeast(acknowledged.length + 100, acknowledged);
  isOver = true;
  await all;

  expect(new Set(otherAnswers.map(({ status }) => status))).toEqual(new Set([201]));
  const orders = await expectAgreement(stack, flooding, sku);
  expect(orders.map(({ id }) => id).sort()).toEqual(acknowledged.sort());
  const [key = ''] = refusedKeys;
  const taken = await whenThereIsRoom(() => place(key));
  expect(taken.status).toBe(201);
  expect(taken.headers.has('idempotency-replayed')).toBe(false);
}, 180_000);
