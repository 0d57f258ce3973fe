import { afterAll, beforeAll, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { type Order, orderOf, Shop } from '../rigs/clients/shop.ts';
import { insist } from '../rigs/stack/insist.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { expectAgreement } from './agreement.ts';

let stack: TestStack;

/** The partitions of a killed process are free again once its ownership has ended. */
const shortOwnership = {
  AzureFunctionsJobHost__extensions__eventHubs__partitionOwnershipExpirationInterval: '00:00:02',
};

beforeAll(async () => {
  stack = await startStack({ env: { EVENT_TRIGGER: 'eventhubs', ...shortOwnership } });
});
afterAll(() => stack.stop());

/** What happens to the next message that is sent. */
const faults = [
  { name: 'a message that is stored, and its acknowledgement lost', fault: { action: 'apply-then-drop' } },
  { name: 'a process that dies between send and remove', fault: { action: 'kill-functions', applied: true } },
  { name: 'a process that dies before it sends', fault: { action: 'kill-functions', applied: false } },
] as const;

it.each(faults)('$name loses no order and decides none twice', async ({ fault }) => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  const sales = await shop.as('sales');
  const target = 'order-events';
  const rule = await stack.faults.fault({ server: 'kafka', operation: 'Send', target, times: 1, ...fault });
  const answer = await insist((options) => sales.post<Order>('/api/v1/orders', orderOf({ [sku]: 2 }), options));
  const { id } = bodyOf(answer, 201);
  await rule.happened();
  expect((await shop.decided(id, 25_000)).status).toBe('confirmed');
  await expectAgreement(stack, shop, sku);
  expect((await shop.stock(sku)).reserved).toBe(2);
});

it('detached receiver links lose no event', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  const detach = { server: 'kafka', operation: 'Receive', action: 'refuse', status: 410, times: 6 } as const;
  const rule = await stack.faults.fault(detach);
  const placed = await Promise.all([1, 2, 3].map(() => shop.order({ [sku]: 1 })));
  await rule.happened(6);
  for (const { id } of placed) expect((await shop.decided(id, 25_000)).status).toBe('confirmed');
  await expectAgreement(stack, shop, sku);
});

it('a namespace that goes away and comes back finds every order waiting', async () => {
  const shop = new Shop(stack);
  const { sku } = await shop.sell({ quantity: 10 });
  await stack.faults.kafka.stop();
  const placed = await Promise.all([1, 2, 3].map(() => shop.order({ [sku]: 1 })));
  await stack.faults.kafka.start();
  // The SDK's receivers are in no hurry to try again: it takes half a minute.
  for (const { id } of placed) expect((await shop.decided(id, 90_000)).status).toBe('confirmed');
  await expectAgreement(stack, shop, sku);
});
