import { describe, expect, it } from 'vitest';
import { bodyOf } from '../rigs/clients/api-client.ts';
import { ReplayDesk } from '../rigs/clients/replay-desk.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { openShop } from './open-shop.ts';

const consumer = 'orders-on-order-events';
const day = 86_400_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

describe('a replay', () => {
  it('a replay runs in the background, and operators of its tenant can read and list it', async () => {
    const shop = openShop();
    await shop.sell();
    const desk = await ReplayDesk.of(shop);
    const answer = await desk.ask({ consumer: 'inventory-on-catalog-events', dryRun: true });
    const { id } = bodyOf(answer, 202);
    expect(answer.headers.get('location')).toBe(`/api/v1/replays/${id}`);
    const done = await desk.becomes(id, 'done');
    expect(done).toMatchObject({
      consumer: 'inventory-on-catalog-events',
      dryRun: true,
      rebuild: false,
      requestedBy: desk.operatorId,
      taken: 1,
      counts: { 'product.created': { events: 1, taken: 1 } },
      progress: { done: done.progress?.of },
    });
    const second = await desk.run({ consumer: 'inventory-on-catalog-events', dryRun: true });
    expect(bodyOf(await desk.list(), 200).items.map((replay) => replay.id)).toEqual([second.id, id]);
    expect(bodyOf(await desk.stop(id), 200)).toEqual(done);

    const others = await ReplayDesk.of(openShop());
    expect((await others.read(id)).status).toBe(404);
    expect((await others.stop(id)).status).toBe(404);
    expect(bodyOf(await others.list(), 200).items).toEqual([]);
  });

  it('a replay starts once per Idempotency-Key, and is refused while another is running', async () => {
    const desk = await ReplayDesk.of(openShop());
    const wish = { consumer, from: ago(day) };
    const [first, again] = [await desk.ask(wish, 'once'), await desk.ask(wish, 'once')];
    expect(bodyOf(again, 202).id).toBe(bodyOf(first, 202).id);
    expect(await desk.ask<Problem>(wish)).toMatchObject({ status: 409, body: { type: '/problems/replay-running' } });
    await desk.becomes(bodyOf(first, 202).id, 'done');
    expect((await desk.ask(wish)).status).toBe(202);
  });

  it.each([
    ['unknown-consumer', { consumer: 'orders' }, 'orders-on-catalog-events'],
    ['nothing-to-replay', { consumer, subscriber: 'reserve-stock' }, 'list-orders-by-day'],
    ['nothing-to-replay', { consumer, types: ['order.created', 'order.updated'] }, 'order.updated'],
    ['nothing-to-rebuild', { consumer: 'inventory-on-order-events', rebuild: true }, 'no projections'],
    ['span-forgotten', { consumer, from: ago(13.5 * day) }, '13 days'],
    ['invalid-span', { consumer, from: ago(1), to: ago(day) }, 'before it begins'],
    ['invalid-span', { consumer, from: undefined }, 'needs from'],
    ['invalid-span', { consumer, from: undefined, rebuild: true }, 'needs from'],
    ['invalid-span', { consumer, to: ago(-day) }, 'ahead'],
    ['invalid-body', { consumer, from: 'yesterday' }, 'from'],
    ['invalid-body', { consumer, rebuild: true, to: ago(0) }, 'leave out to and types'],
    ['invalid-body', { consumer, group: consumer }, 'group'],
  ])('a replay is refused as %s: %j', async (code, wish, detail) => {
    const desk = await ReplayDesk.of(openShop());
    const { status, body } = await desk.ask<Problem>(wish);
    expect([status, body.type]).toEqual([422, `/problems/${code}`]);
    expect(body.detail).toContain(detail);
  });

  it('a rebuild of a list that is made of documents needs no time, and can be stopped and resumed', async () => {
    const shop = openShop();
    await shop.sell({ quantity: 0 });
    const desk = await ReplayDesk.of(shop);
    const wish = { consumer: 'inventory-on-inventory-events', from: undefined, rebuild: true };
    const { id, walks } = await desk.start({ ...wish, from: ago(100 * day) });
    expect(walks).toEqual([{ subscriber: 'follow-low-stock', kind: 'stock', documents: 0, failed: 0, isDone: false }]);
    const stopped = bodyOf(await desk.stop(id), 200);
    expect(['stopped', 'done']).toContain(stopped.status);
    await desk.resume(id);
    const done = await desk.becomes(id, 'done');
    expect(done).toMatchObject({ walks: [{ documents: 1, failed: 0, isDone: true }], errors: [] });
    expect(bodyOf(await desk.resume(id), 200)).toEqual(done);
    expect((await desk.run(wish)).walks).toMatchObject([{ documents: 1, isDone: true }]);
    expect((await (await ReplayDesk.of(openShop())).resume(id)).status).toBe(404);
  });

  it('replays are for operators only, and an unknown id is not found', async () => {
    const shop = openShop();
    const sales = await shop.as('sales');
    expect((await sales.post('/api/v1/replays', { consumer, from: ago(day) })).status).toBe(403);
    expect((await sales.get('/api/v1/replays')).status).toBe(403);
    const desk = await ReplayDesk.of(shop);
    expect((await desk.read('20261122T100000000Z-0193a0b0-0000-7000-8000-000000000001')).status).toBe(404);
    expect((await desk.read('x')).status).toBe(404);
  });
});
