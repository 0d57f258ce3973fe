import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { productCreated } from '../rigs/clients/made-up-events.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { found, withPython } from './python.ts';

const Found = z.object({
  partitions: z.array(z.string()),
  seen: z.array(
    z.looseObject({
      key: z.string().nullable(),
      properties: z.record(z.string(), z.string()),
      event: z.object({ data: z.object({ sku: z.string() }) }),
    }),
  ),
});

describe.skipIf(withPython.isMissing)(`the Event Hubs SDK for Python${withPython.note}`, () => {
  let stack: TestStack;
  let shop: Shop;
  let saw: z.output<typeof Found>;

  beforeAll(async () => {
    stack = await startStack({ env: { EVENT_TRIGGER: 'eventhubs' } });
    shop = new Shop(stack);
    await shop.sell({ sku: 'OURS' });
    const [first, second, single] = ['FIRST', 'SECOND', 'SINGLE'].map((sku) =>
      productCreated(shop, sku, { quantity: 7 }),
    );
    const messages = { key: `${shop.tenant}/both`, messages: [first, second], single };
    const { connectionString } = z.object({ connectionString: z.string() }).parse(stack.eventHubs);
    saw = Found.parse(await found('azure_event_hubs_client', { connectionString, hub: 'catalog-events', ...messages }));
  });
  afterAll(() => stack?.stop());

  it('the Event Hubs SDK for Python reads the properties of a hub', () => {
    expect(saw.partitions).toEqual(['0', '1', '2', '3']);
  });

  it('the Event Hubs SDK for Python receives our events, and those that it has sent in a batch and alone', () => {
    const bySku = new Map(saw.seen.map((one) => [one.event.data.sku, one]));
    expect([...bySku.keys()].toSorted()).toEqual(['FIRST', 'OURS', 'SECOND', 'SINGLE']);
    expect(bySku.get('FIRST')).toMatchObject({ key: `${shop.tenant}/both` });
    expect(bySku.get('SINGLE')).toMatchObject({ key: null, partition: '0' });
    expect(bySku.get('OURS')?.properties).toMatchObject({
      type: 'product.created',
      'content-type': 'application/cloudevents+json',
    });
  });

  it('events that the Event Hubs SDK for Python sends by their contract are taken by our consumers', async () => {
    for (const sku of ['FIRST', 'SECOND', 'SINGLE'])
      expect(await eventually(() => shop.stock(sku))).toMatchObject({ onHand: 7 });
  });
});
