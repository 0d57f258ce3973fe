import type { Message } from 'kafkajs';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { busKindOf } from '../rigs/bus/start-bus.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { cosmosDatabase } from '../rigs/clients/cosmos-database.ts';
import { orderCreated, productCreated, readersOfProducts } from '../rigs/clients/made-up-events.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

interface DeadLetter {
  readonly boundary: string;
  readonly subscriber: string;
  readonly status: string;
  readonly source: {
    readonly topic: string;
    readonly partition: number;
    readonly offset: number;
    readonly raw: string;
    readonly cutFromBytes?: number;
  };
  readonly error: { readonly name: string; readonly message: string; readonly stack: string };
  readonly attempts: number;
  readonly dueAt?: string;
}

let stack: TestStack;
let shop: Shop;
let deadLetters: readonly DeadLetter[];

/** As provision makes the topics where nothing else is said. */
const partitions = 4;

/** Apache Kafka takes no record from more than an hour ahead, unless it is told to. */
const beyondAllDates = busKindOf(process.env) === 'apache' ? {} : { timestamp: '8640000000000001' };

/** What arrives in one batch on one partition, in this order. */
const batch = () => ({
  good: productCreated(shop, 'GOOD', { quantity: 3 }),
  noJson: { value: '{"type": "product.cre\u0000äted', partition: 0 },
  noEnvelope: { value: '{"hello":"world"}', partition: 0 },
  broken: productCreated(shop, 'BROKEN', { quantity: -5 }),
  noText: { value: Buffer.alloc(1_000_000, 0xff), partition: 0 },
  newer: productCreated(shop, 'NEWER', { version: 99 }),
  timeless: { ...productCreated(shop, 'TIMELESS', { quantity: 2 }), ...beyondAllDates },
  alsoGood: productCreated(shop, 'ALSO-GOOD', { quantity: 4 }),
});

/** An order of 15 KB in which each of 5,000 lines says nothing, on every partition. */
function manyMistakes(): readonly Message[] {
  return Array.from({ length: partitions }, (_, partition) => {
    const { value, ...message } = orderCreated(shop, v7(), []);
    const event = JSON.parse(String(value));
    const lines = Array.from({ length: 5_000 }, () => ({}));
    return { ...message, value: JSON.stringify({ ...event, data: { ...event.data, lines } }), partition };
  });
}

type Name = keyof ReturnType<typeof batch>;
let sent: Readonly<Record<Name, Message>>;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
  sent = batch();
  await using writer = await writeToBus(stack.kafka);
  await writer.send('catalog-events', Object.values(sent));
  await writer.send('order-events', manyMistakes());
  await stack.settled();
  deadLetters = await readDeadLetters();
});
afterAll(() => stack.stop());

it('good events among poison messages are handled, and only those', async () => {
  expect((await shop.stock('GOOD')).onHand).toBe(3);
  expect((await shop.stock('TIMELESS')).onHand).toBe(2);
  expect((await shop.stock('ALSO-GOOD')).onHand).toBe(4);
  const api = await shop.as();
  for (const sku of ['BROKEN', 'NEWER']) expect((await api.get(`/api/v1/inventory/${sku}`)).status).toBe(404);
});

it('orders are confirmed behind poison messages, on the same partition too', async () => {
  const { sku } = await shop.sell({ quantity: 5 });
  const { id } = await shop.order({ [sku]: 2, GOOD: 1 });
  expect((await shop.decided(id)).status).toBe('confirmed');
});

describe('the dead letters of poison messages', () => {
  /** Bytes that are no event concern a consumer as a whole; an event concerns who subscribed to it. */
  const consumers = ['inventory-on-catalog-events', 'orders-on-catalog-events', 'sales-on-catalog-events'];
  const subscribers = readersOfProducts;

  it.each<[string, Name, readonly string[], string, RegExp]>([
    ['bytes that are no JSON are parked', 'noJson', consumers, 'parked', /not JSON/],
    ['JSON that is no envelope is parked', 'noEnvelope', consumers, 'parked', /no envelope.*specversion/],
    ['bytes that are no text are parked', 'noText', consumers, 'parked', /not JSON/],
    ['an event whose data are broken is parked', 'broken', subscribers, 'parked', /product\.created.*quantity/],
    ['an event of a newer version is tried again later', 'newer', subscribers, 'scheduled', /version 99 is newer/],
  ])('%s', (_, name, expected, status, message) => {
    const offset = Object.keys(sent).indexOf(name);
    const letters = deadLetters.filter(({ source }) => source.topic === 'catalog-events' && source.offset === offset);
    expect(letters.map(({ subscriber }) => subscriber).sort()).toEqual(expected);
    for (const letter of letters) {
      expect(letter.source).toMatchObject({ of: 'event', topic: 'catalog-events', partition: 0, offset });
      const { cutFromBytes, raw } = letter.source;
      const value = Buffer.from(String(sent[name].value));
      expect([name, cutFromBytes]).toEqual([name, name === 'noText' ? value.length : undefined]);
      expect(value.toString('base64').startsWith(raw)).toBe(true);
      expect(letter).toMatchObject({ status, attempts: 1, error: { message: expect.stringMatching(message) } });
      expect(letter.error.stack).toContain(letter.error.name);
      expect(letter.dueAt !== undefined).toBe(status === 'scheduled');
    }
  });

  it('bytes that name no tenant are letters of none, and broken events are those of their tenant', () => {
    const ofCatalog = deadLetters.filter(({ source }) => source.topic === 'catalog-events');
    const owners = Map.groupBy(ofCatalog, ({ boundary }) => boundary.split('/')[0]);
    expect(new Set(owners.keys())).toEqual(new Set(['system', shop.tenant]));
    const namesOf = (owner: string) =>
      new Set(owners.get(owner)?.map(({ source }) => Object.keys(sent)[source.offset]));
    expect(namesOf('system')).toEqual(new Set(['noJson', 'noEnvelope', 'noText']));
    expect(namesOf(shop.tenant)).toEqual(new Set(['broken', 'newer']));
  });

  it('only poison messages become dead letters', () => {
    const byTopic = Map.groupBy(deadLetters, ({ source }) => source.topic);
    expect(byTopic.get('catalog-events')).toHaveLength(15);
    const ofOrders = byTopic.get('order-events') ?? [];
    expect(new Set(ofOrders.map(({ subscriber }) => subscriber))).toContain('reserve-stock');
    expect(new Set(ofOrders.map(({ error }) => error.name))).toEqual(new Set(['UnreadableEventError']));
    expect(byTopic.size).toBe(2);
  });
});

/** Those of all tenants, which no route shows. */
async function readDeadLetters(): Promise<readonly DeadLetter[]> {
  const database = cosmosDatabase(stack.cosmos);
  const query = "SELECT * FROM c WHERE c.kind = 'dead-letter'";
  const { resources } = await database.container('dead-letters').items.query<DeadLetter>(query).fetchAll();
  database.client.dispose();
  return resources;
}
