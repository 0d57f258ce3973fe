import { expect, it } from 'vitest';
import { type Answer, bodyOf } from '../rigs/clients/api-client.ts';
import type { BusObserver, ObservedEvent } from '../rigs/clients/bus-observer.ts';
import { kafkaClient } from '../rigs/clients/kafka-client.ts';
import { type Order, orderOf, Shop } from '../rigs/clients/shop.ts';
import { whenThereIsRoom } from '../rigs/clients/when-there-is-room.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import type { TestStack } from '../rigs/stack/start-stack.ts';
import { ownStack, withoutMails } from './own-stack.ts';

/** Many more than can be decided at once, none of which waits when it is told to. */
const callers = 40;

/** What orders need, so that processes start soon and nothing else takes their time. */
const whatOrdersNeed = { ENABLED_SERVICES: 'catalog,inventory,operations,orders' };

/** What is decided in small batches is decided slowly, on however fast a machine. */
const slowly = { AzureFunctionsJobHost__extensions__kafka__maxBatchSize: '16' };

/**
 * Has the main process serve HTTP alone, and another one react to events and to time: as on Flex Consumption, where functions of each
 * kind have instances of their own. So nobody tells the main process of decisions.
 */
async function setApart({ faults, kafka }: TestStack): Promise<void> {
  await faults.functions('reactions').start();
  const admin = kafkaClient(kafka, 'set-apart').admin();
  await admin.connect();
  const consumers = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
  await admin.disconnect();
  const disabled = ['sweep', ...consumers].map((name) => [`AzureWebJobs.${name}.Disabled`, 'true']);
  await faults.functions().stop();
  await faults.functions().start(Object.fromEntries(disabled));
}

/** The events of a tenant's orders, each once. */
function eventsOf(bus: BusObserver, tenant: string): readonly ObservedEvent[] {
  const ofTenant = bus.events().filter(({ envelope }) => envelope.tenantid === tenant);
  return [...new Map(ofTenant.map((event) => [event.envelope.id, event])).values()];
}

function decisionsIn(events: readonly ObservedEvent[]): readonly ObservedEvent[] {
  return events.filter(({ envelope }) => envelope.type === 'order.status.changed');
}

it('a flood of orders that another process decides is partly refused, what is taken is decided while the flood goes on, and none of it is lost', async (context) => {
  const stack = await ownStack(context, { env: { ...withoutMails, ...whatOrdersNeed, ...slowly } });
  const [flooding, other] = [new Shop(stack), new Shop(stack)];
  const [{ sku }, { sku: elsewhere }] = [await flooding.sell({ quantity: 100_000 }), await other.sell()];
  await stack.settled();
  await setApart(stack);
  const flood = await flooding.as('sales');
  await using bus = await stack.observe('order-events');

  const acknowledged: string[] = [];
  const refused: Answer<unknown>[] = [];
  let isOver = false;
  const keepOrdering = async () => {
    while (!isOver) {
      const answer = await flood.post<Order>('/api/v1/orders', orderOf({ [sku]: 1 }));
      if (answer.status === 503) refused.push(answer);
      else acknowledged.push(bodyOf(answer, 201).id);
    }
  };
  const all = Promise.all(Array.from({ length: callers }, keepOrdering));
  const atLeast = (many: number, some: readonly unknown[]) =>
    eventually(() => {
      if (some.length < many) throw new Error(`there are ${some.length} of ${many}`);
    }, 60_000);
  await atLeast(20, refused);
  // Until it was known how many can be decided, some had piled up: they are decided while the flood goes on.
  const piledUp = acknowledged.map((id) => `order/${id}`);
  await eventually(() => {
    const decided = new Set(decisionsIn(eventsOf(bus, flooding.tenant)).map(({ envelope }) => envelope.subject));
    expect(piledUp.filter((order) => !decided.has(order))).toEqual([]);
  }, 60_000);
  await atLeast(acknowledged.length + 20, acknowledged);
  isOver = true;
  await all;

  const [refusal] = refused;
  expect(refusal?.body).toMatchObject({ type: '/problems/overloaded' });
  expect(Number(refusal?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  const metrics = await (await fetch(new URL('/metrics', stack.url))).text();
  expect(metrics).toMatch(/overloaded_total\{endpoint="place-order",reason="lag"\} \d+/);
  expect(metrics).not.toMatch(/^lagerhaus_events_consumed_total\{/m);

  const events = await eventually(() => {
    const told = eventsOf(bus, flooding.tenant);
    expect(told).toHaveLength(2 * acknowledged.length);
    return told;
  }, 60_000);
  const placed = events.filter(({ envelope }) => envelope.type === 'order.created');
  expect(placed.map(({ envelope }) => envelope.subject).sort()).toEqual(acknowledged.map((id) => `order/${id}`).sort());
  const decisions = decisionsIn(events);
  for (const { envelope } of decisions) expect(envelope.data).toMatchObject({ from: 'pending', to: 'confirmed' });
  expect(decisions).toHaveLength(acknowledged.length);
  expect((await flooding.stock(sku)).reserved).toBe(acknowledged.length);

  const idle = [
    { clerk: flood, item: sku },
    { clerk: await other.as('sales'), item: elsewhere },
  ];
  const waiting = [...idle, ...idle, ...idle, ...idle].map(({ clerk, item }) =>
    whenThereIsRoom(() =>
      clerk.post<Order>('/api/v1/orders', orderOf({ [item]: 1 }), { headers: { prefer: 'wait=10' } }),
    ),
  );
  for (const answer of await Promise.all(waiting)) {
    expect(bodyOf(answer, 201).status).toBe('confirmed');
    expect(answer.headers.get('preference-applied')).toBe('wait=10');
  }
}, 120_000);
