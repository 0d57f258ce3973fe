import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { productCreated } from '../rigs/clients/made-up-events.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { found, withPython } from './python.ts';

const Read = z.array(
  z.object({ headers: z.record(z.string(), z.string()), event: z.object({ data: z.object({ sku: z.string() }) }) }),
);
const Found = z.object({
  events: z.object({ seen: Read, committed: z.int(), seenAfterComingBack: Read }),
  ownTopic: z.unknown(),
});

describe.skipIf(withPython.isMissing)(`librdkafka, by confluent-kafka for Python${withPython.note}`, () => {
  let stack: TestStack;
  let shop: Shop;
  let saw: z.output<typeof Found>;

  beforeAll(async () => {
    stack = await startStack({ env: { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL' } });
    shop = new Shop(stack);
    await shop.sell({ sku: 'OURS' });
    const messages = ['FIRST', 'SECOND', 'LATER'].map((sku) => productCreated(shop, sku, { quantity: 7 }));
    const names = { topic: 'catalog-events', group: randomUUID(), ownTopic: randomUUID() };
    saw = Found.parse(await found('confluent_kafka_client', { kafka: stack.kafka, messages, ...names }));
  });
  afterAll(() => stack?.stop());

  const skusIn = (read: z.output<typeof Read>) => read.map(({ event }) => event.data.sku).toSorted();

  it('librdkafka reads our events in a group over SASL_SSL, and those that it has sent', () => {
    const { seen } = saw.events;
    expect(skusIn(seen)).toEqual(['FIRST', 'OURS', 'SECOND']);
    const ours = seen.find(({ event }) => event.data.sku === 'OURS');
    expect(ours?.headers).toMatchObject({ type: 'product.created', 'content-type': 'application/cloudevents+json' });
  });

  it('a group of librdkafka that comes back goes on behind what it has committed', () => {
    expect(saw.events.committed).toBe(3);
    expect(skusIn(saw.events.seenAfterComingBack)).toEqual(['LATER']);
  });

  it('events that librdkafka sends by their contract are taken by our consumers', async () => {
    for (const sku of ['FIRST', 'SECOND', 'LATER'])
      expect(await eventually(() => shop.stock(sku))).toMatchObject({ onHand: 7 });
  });

  it('an idempotent producer of librdkafka sends to a topic that it has made, each once and in order', () => {
    expect(saw.ownTopic).toEqual({ sent: 500, read: 500, isInOrder: true });
  });
});
