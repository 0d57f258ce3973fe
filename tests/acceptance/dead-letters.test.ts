import { randomUUID } from 'node:crypto';
import type { Message } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { type DeadLetter, DeadLetterDesk } from '../rigs/clients/dead-letter-desk.ts';
import { productCreated, readersOfProducts } from '../rigs/clients/made-up-events.ts';
import { type Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

const stack = sharedStack();
const anyId = '2026-11-22~01890000-0000-7000-8000-000000000000~create-stock';

async function send(...messages: readonly Message[]): Promise<void> {
  await using writer = await writeToBus(stack.kafka);
  await writer.send('catalog-events', messages);
}

/** A product that none of its readers could take in: nobody may have a negative quantity. */
async function brokenProduct(sku = 'BROKEN') {
  const shop = openShop();
  const desk = await DeadLetterDesk.of(shop);
  await send(productCreated(shop, sku, { quantity: -5 }));
  const letters = await desk.found('', readersOfProducts.length);
  const ofSubscriber = (name: string) => {
    const letter = letters.find(({ subscriber }) => subscriber === name);
    if (letter === undefined) throw new Error(`no letter of ${name} in ${JSON.stringify(letters)}`);
    return letter;
  };
  const stockLetter = bodyOf(await desk.read(ofSubscriber('create-stock').id), 200);
  const data = { ...stockLetter.event?.data, quantity: 5 };
  return { shop, desk, stockLetter, priceLetter: ofSubscriber('follow-prices'), data };
}

describe('a dead letter', () => {
  it('a dead letter shows its event, its error and its history', async () => {
    const { desk, stockLetter } = await brokenProduct();
    expect(stockLetter).toMatchObject({
      status: 'parked',
      type: 'product.created',
      attempts: 1,
      error: { name: 'UnreadableEventError', message: expect.stringContaining('quantity'), stack: expect.any(String) },
      event: { type: 'product.created', data: { sku: 'BROKEN', quantity: -5 } },
      source: { of: 'event', topic: 'catalog-events', partition: 0 },
      isEdited: false,
      history: [{ step: 'parked' }],
    });
    const { headers } = await desk.read(stockLetter.id);
    expect(headers.get('etag')).toBe(`"${stockLetter.version}"`);
  });

  it('an edited dead letter is replayed to the subscriber that failed, and to no other', async () => {
    const { shop, desk, stockLetter, priceLetter, data } = await brokenProduct();
    const edited = bodyOf(await desk.edit(stockLetter.id, data), 200);
    expect([edited.status, edited.isEdited, edited.event?.data]).toEqual(['parked', true, data]);

    const replayed = bodyOf(await desk.replay(stockLetter.id), 200);
    expect(replayed.status).toBe('replayed');
    expect(replayed.history).toMatchObject([
      { step: 'parked' },
      { step: 'edited', by: desk.operatorId, detail: 'changed quantity' },
      { step: 'replayed', by: desk.operatorId },
    ]);
    await eventually(async () => expect((await shop.stock('BROKEN')).onHand).toBe(5));
    await stack.sentAndRead(shop.tenant);
    expect((await shop.tryOrder({ BROKEN: 1 })).status).toBe(422);
    expect(bodyOf(await desk.read(priceLetter.id), 200)).toMatchObject({ status: 'parked', attempts: 1 });
    expect((await desk.becomes(stockLetter.id, 'replayed', 1)).version).toBe(replayed.version);
  });

  it('a dead letter that is replayed twice is sent once', async () => {
    const { shop, desk, stockLetter, data } = await brokenProduct();
    await using bus = await stack.observe('catalog-events');
    await desk.edit(stockLetter.id, data);
    const answers = await Promise.all([1, 2, 3].map(() => desk.replay(stockLetter.id)));
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual([1, 2, 3].map(() => [200, 'replayed']));
    expect(new Set(answers.map(({ body }) => body.version)).size).toBe(1);
    await eventually(() => shop.stock('BROKEN'));
    await stack.sentAndRead(shop.tenant);
    await bus.caughtUp();
    const sent = bus.events().filter(({ envelope }) => envelope.id === stockLetter.event?.id);
    // The two may be on different partitions, between which there is no order.
    const addressees = sent.map(({ headers }) => headers.replayfor ?? 'everybody');
    expect(addressees.sort()).toEqual(['create-stock', 'everybody']);
  });

  it('a dead letter that fails again is parked again, and can be replayed again', async () => {
    const { shop, desk, stockLetter, data } = await brokenProduct();
    await desk.replay(stockLetter.id);
    const again = await desk.becomes(stockLetter.id, 'parked', 2);
    expect(again.history.map(({ step }) => step)).toEqual(['parked', 'replayed', 'parked']);
    await desk.edit(stockLetter.id, data);
    await desk.replay(stockLetter.id);
    await eventually(async () => expect((await shop.stock('BROKEN')).onHand).toBe(5));
  });

  it('an event of a newer version is scheduled for a retry, and can be replayed before', async () => {
    const shop = openShop();
    const desk = await DeadLetterDesk.of(shop);
    await send(productCreated(shop, 'NEWER', { version: 99 }));
    const [letter] = await desk.found('?subscriber=create-stock&status=scheduled', 1);
    expect(Date.parse(letter?.dueAt ?? '')).toBeGreaterThan(Date.now());
    const { id = '' } = letter ?? {};
    await desk.replay(id);
    const again = await desk.becomes(id, 'scheduled', 2);
    expect(again.history.map(({ step }) => step)).toEqual(['scheduled', 'replayed', 'scheduled']);
    const { status, body } = await desk.edit<Problem>(id, { sku: 'NEWER' });
    expect([status, body.type]).toEqual([409, '/problems/newer-version']);
  });

  it('a discarded dead letter is closed, and shows the reason and who discarded it', async () => {
    const { desk, stockLetter, data } = await brokenProduct();
    const discarded = bodyOf(await desk.discard(stockLetter.id, { reason: 'a test product' }), 200);
    expect(discarded.history.at(-1)).toMatchObject({
      step: 'discarded',
      by: desk.operatorId,
      detail: 'a test product',
    });
    expect(bodyOf(await desk.discard(stockLetter.id), 200)).toEqual(discarded);
    const { status, body } = await desk.edit<Problem>(stockLetter.id, data);
    expect([status, body.type]).toEqual([409, '/problems/illegal-transition']);
    const others = readersOfProducts.filter((reader) => reader !== 'create-stock');
    const parked = await desk.found('?status=parked', others.length);
    expect(parked.map(({ subscriber }) => subscriber).sort()).toEqual(others);
  });
});

describe('a dead letter of bytes that name no tenant', () => {
  const main = new Shop(stack, 'main');

  /** Bytes that are no event, and their letter once operators of main are shown it. */
  async function letterOfBytes() {
    const value = Buffer.from(`no event: \0 ü ${randomUUID()}`);
    const desk = await DeadLetterDesk.ofNoTenant(main);
    await send({ value, partition: 0 });
    const raw = value.toString('base64');
    const letter = await eventually(async () => {
      const { items } = bodyOf(await desk.list('?subscriber=orders-on-catalog-events&limit=100'), 200);
      const letters = await Promise.all(items.map(async ({ id }) => bodyOf(await desk.read(id), 200)));
      const found = letters.find(({ source }) => source.raw === raw);
      if (found === undefined) throw new Error(`no letter of ${value} among ${letters.length}`);
      return found;
    });
    return { desk, letter, value };
  }

  it('operators of main find, read and discard the dead letters of bytes that name no tenant', async () => {
    const { desk, letter } = await letterOfBytes();
    expect(letter).toMatchObject({ status: 'parked', attempts: 1, error: { name: 'UnreadableEventError' } });
    const asRead = { headers: { 'if-match': `"${letter.version}"` }, idempotencyKey: randomUUID() };
    const discarded = bodyOf(await desk.discard(letter.id, { reason: 'noise' }, asRead), 200);
    expect(discarded.history.at(-1)).toMatchObject({ step: 'discarded', by: desk.operatorId, detail: 'noise' });
    const again = await desk.discard(letter.id, { reason: 'noise' }, asRead);
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([discarded, 'true']);
    expect((await desk.discard(letter.id, {}, { headers: { 'if-match': '"7"' } })).status).toBe(200);
    expect(bodyOf(await desk.read(letter.id), 200)).toEqual(discarded);
  });

  it('operators download the record that a dead letter is about', async () => {
    const { desk, letter, value } = await letterOfBytes();
    const { status, headers, body } = await desk.bytes(letter.id);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
    expect(headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${letter.id}.bin`);
    expect(body).toEqual(value);
    expect((await desk.bytes(anyId)).status).toBe(404);
  });

  it('bytes that are no event can neither be edited nor replayed, one by one or with others', async () => {
    const { desk, letter } = await letterOfBytes();
    for (const { status, body } of [await desk.replay<Problem>(letter.id), await desk.edit<Problem>(letter.id, {})])
      expect([status, body.type]).toEqual([409, '/problems/not-an-event']);
    const filter = { subscriber: 'orders-on-catalog-events' };
    const { replayed, skipped } = bodyOf(await desk.replayAll({ filter }), 200);
    expect([replayed, skipped.map(({ id }) => id)]).toEqual([0, expect.arrayContaining([letter.id])]);
  });

  it('the dead letters of bytes that name no tenant are not among those of main', async () => {
    const { letter } = await letterOfBytes();
    const own = await DeadLetterDesk.of(main);
    const { items } = bodyOf(await own.list('?subscriber=orders-on-catalog-events'), 200);
    expect(items.map(({ id }) => id)).not.toContain(letter.id);
    expect((await own.read(letter.id)).status).toBe(404);
  });

  it('nobody but operators of main sees or changes the dead letters of bytes that name no tenant', async () => {
    const { desk, letter } = await letterOfBytes();
    const { id } = letter;
    const stranger = openShop();
    const own = await DeadLetterDesk.of(stranger);
    expect(bodyOf(await own.list(), 200).items).toEqual([]);
    for (const { status } of [await own.read(id), await own.edit(id, {}), await own.replay(id), await own.discard(id)])
      expect(status).toBe(404);
    for (const asking of [
      await DeadLetterDesk.ofNoTenant(stranger),
      new DeadLetterDesk(await stranger.as('admin'), 'system'),
      new DeadLetterDesk(await main.as('auditor'), 'system'),
    ])
      for (const { status, body } of [
        await asking.list(),
        await asking.read(id),
        await asking.edit(id, {}),
        await asking.replay(id),
        await asking.discard(id),
        await asking.replayAll({}),
      ])
        expect([status, body]).toEqual([403, expect.objectContaining({ type: '/problems/forbidden' })]);
    expect(bodyOf(await desk.read(id), 200)).toEqual(letter);
  });
});

describe('editing a dead letter', () => {
  it('an edit that breaks the schema of the event is refused, field by field', async () => {
    const { desk, stockLetter, data } = await brokenProduct();
    const { status, body } = await desk.edit<Problem>(stockLetter.id, { ...data, quantity: -1, name: 7 });
    expect([status, body.type]).toEqual([422, '/problems/invalid-body']);
    expect(body.errors?.map(({ path }) => path).sort()).toEqual(['data.name', 'data.quantity']);
    expect((await desk.read(stockLetter.id)).body).toEqual(stockLetter);
  });

  it('an edit that changes the subject of the event is refused', async () => {
    const { desk, stockLetter, data } = await brokenProduct();
    const { status, body } = await desk.edit<Problem>(stockLetter.id, { ...data, productId: 'another' });
    expect([status, body.type]).toEqual([422, '/problems/other-subject']);
  });

  it('a dead letter is not edited, discarded or replayed with a stale If-Match', async () => {
    const { desk, stockLetter, data } = await brokenProduct();
    const asRead = { headers: { 'if-match': `"${stockLetter.version}"` } };
    expect((await desk.edit(stockLetter.id, data, asRead)).status).toBe(200);
    expect((await desk.edit(stockLetter.id, { ...data, quantity: 6 }, asRead)).status).toBe(412);
    expect((await desk.discard(stockLetter.id, {}, asRead)).status).toBe(412);
    expect((await desk.replay(stockLetter.id, asRead)).status).toBe(412);
  });

  it('a dead letter that is discarded again with the If-Match of the first time stays discarded', async () => {
    const { desk, stockLetter } = await brokenProduct();
    const asRead = { headers: { 'if-match': `"${stockLetter.version}"` } };
    const discarded = bodyOf(await desk.discard(stockLetter.id, {}, asRead), 200);
    expect(bodyOf(await desk.discard(stockLetter.id, {}, asRead), 200)).toEqual(discarded);
  });
});

describe('the list of dead letters', () => {
  it('the list of dead letters can be filtered, and read page by page', async () => {
    const shop = openShop();
    const desk = await DeadLetterDesk.of(shop);
    await send(productCreated(shop, 'A', { quantity: -1 }), productCreated(shop, 'B', { version: 99 }));
    const ofBoth = 2 * readersOfProducts.length;
    const all = await desk.found('', ofBoth);
    const count = async (query: string) => bodyOf(await desk.list(query), 200).items.length;
    expect(await count(`?day=${all[0]?.id.slice(0, 10)}`)).toBe(ofBoth);
    expect(await count('?day=2020-01-01')).toBe(0);
    expect(await count('?subscriber=create-stock')).toBe(2);
    expect(await count('?type=product.created')).toBe(ofBoth);
    expect(await count('?type=order.created')).toBe(0);
    expect(await count('?status=scheduled&subscriber=create-stock')).toBe(1);

    const paged: DeadLetter[] = [];
    let continuation = '';
    do {
      const page = bodyOf(await desk.list(`?limit=4${continuation}`), 200);
      paged.push(...page.items);
      continuation = page.continuation === undefined ? '' : `&continuation=${page.continuation}`;
    } while (continuation !== '');
    expect(paged).toEqual(all);
  });

  it.each([
    '?day=yesterday',
    '?status=lost',
    '?continuation=abc',
    '?tenant=main',
  ])('the list of dead letters refuses the query %s', async (query) => {
    const desk = await DeadLetterDesk.of(openShop());
    expect((await desk.list(query)).status).toBe(422);
  });

  it('dead letters are for operators only, and only those of their own tenant', async () => {
    const { shop, stockLetter } = await brokenProduct();
    const stranger = await DeadLetterDesk.of(openShop());
    expect((await stranger.list()).body.items).toEqual([]);
    for (const { status } of [await stranger.read(stockLetter.id), await stranger.replay(stockLetter.id)])
      expect(status).toBe(404);
    const everyoneElse = ['manager', 'sales', 'warehouse', 'customer', 'auditor'] as const;
    const desk = new DeadLetterDesk(await shop.as(everyoneElse));
    const { id } = stockLetter;
    for (const { status } of [
      await desk.list(),
      await desk.read(id),
      await desk.edit(id, {}),
      await desk.replay(id),
      await desk.discard(id),
      await desk.replayAll({}),
    ])
      expect(status).toBe(403);
  });

  it.each([anyId, 'nonsense'])('a dead letter with the unknown id %s is not found', async (id) => {
    const desk = await DeadLetterDesk.of(openShop());
    for (const { status } of [
      await desk.read(id),
      await desk.edit(id, {}),
      await desk.replay(id),
      await desk.discard(id),
    ])
      expect(status).toBe(404);
  });
});

describe('replaying dead letters in bulk', () => {
  it('a bulk replay continues where the last request stopped, and answers how many it replayed', async () => {
    const shop = openShop();
    const desk = await DeadLetterDesk.of(shop);
    const skus = ['A', 'B', 'C'];
    await send(...skus.map((sku) => productCreated(shop, sku, { quantity: -1 })));
    await desk.found('', skus.length * readersOfProducts.length);
    for (const { id, subscriber } of await desk.found('?subscriber=create-stock', 3)) {
      const { event } = bodyOf(await desk.read(id), 200);
      expect((await desk.edit(id, { ...event?.data, quantity: 3 })).status, subscriber).toBe(200);
    }
    const filter = { subscriber: 'create-stock', type: 'product.created' };
    const first = bodyOf(await desk.replayAll({ filter, limit: 2 }), 200);
    expect(first).toEqual({ replayed: 2, skipped: [], continuation: expect.any(String) });
    const second = bodyOf(await desk.replayAll({ filter, limit: 2, continuation: first.continuation }), 200);
    expect(second).toEqual({ replayed: 1, skipped: [] });
    for (const sku of skus) await eventually(async () => expect((await shop.stock(sku)).onHand).toBe(3));
    const others = readersOfProducts.filter((reader) => reader !== filter.subscriber);
    const parked = await desk.found('?status=parked', skus.length * others.length);
    expect(parked.map(({ subscriber }) => subscriber).sort()).toEqual(
      others.flatMap((reader) => skus.map(() => reader)),
    );
    expect(bodyOf(await desk.replayAll({ filter }), 200)).toEqual({ replayed: 0, skipped: [] });
  });

  it('a bulk replay of replayed or discarded letters, or over the limit, is refused', async () => {
    const desk = await DeadLetterDesk.of(openShop());
    for (const body of [{ filter: { status: 'replayed' } }, { filter: { status: 'discarded' } }, { limit: 1_000 }])
      expect((await desk.replayAll(body)).status).toBe(422);
  });
});
