import type { Container } from '@azure/cosmos';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaultGate } from '../faults/gate.ts';
import { clientOf, onlyPaths, refusalOf, type ServerUnderTest, startForTest } from './server-under-test.ts';

/** Told apart by the user agent. */
const late = 'late-reader';

/** Freezes what the late reader sees. */
const gate = {
  asOf: 0,
  judge({ client }) {
    return client.includes(late) ? { kind: 'stale', reader: String(this.asOf), asOf: this.asOf } : { kind: 'serve' };
  },
  keepsPast: true,
} satisfies FaultGate & { asOf: number };

let cosmos: ServerUnderTest;
let current: Container;
let past: Container;
let boundary: string;
beforeAll(async () => {
  cosmos = await startForTest({ faults: gate });
  current = await cosmos.container({ indexingPolicy: onlyPaths('/id/?', '/n/?') });
  past = clientOf(cosmos.server, late).database(current.database.id).container(current.id);
});
beforeEach(async () => {
  boundary = crypto.randomUUID();
  for (const id of ['changed', 'removed', 'kept']) await current.items.create({ id, boundary, n: 1 });
  gate.asOf = await laterThanNow();
  await current.item('changed', boundary).replace({ id: 'changed', boundary, n: 2 });
  await current.item('removed', boundary).delete();
  await current.items.create({ id: 'added', boundary, n: 2 });
});
afterAll(() => cosmos[Symbol.asyncDispose]());

/** A moment behind all that has been written, and before all that will be. */
async function laterThanNow(): Promise<number> {
  const moment = Date.now();
  await expect.poll(() => Date.now()).toBeGreaterThan(moment);
  return moment;
}

const idsIn = async (container: Container, query = 'SELECT VALUE c.id FROM c') =>
  (await container.items.query(query, { partitionKey: boundary }).fetchAll()).resources;

describe('a late reader', () => {
  it('a late reader is answered by point reads from the past', async () => {
    const seen = async (id: string) => (await past.item(id, boundary).read()).resource?.n;
    expect([await seen('changed'), await seen('removed'), await seen('added')]).toEqual([1, 1, undefined]);
  });

  it('a late reader is answered by bulk reads from the past', async () => {
    const ids = ['changed', 'removed', 'added', 'kept'];
    const answers = await past.items.bulk(ids.map((id) => ({ operationType: 'Read', id, partitionKey: boundary })));
    expect(answers.map(({ statusCode, resourceBody }) => [statusCode, resourceBody?.n])).toEqual([
      [200, 1],
      [200, 1],
      [404, undefined],
      [200, 1],
    ]);
  });

  it.each([
    ['all', 'SELECT VALUE c.id FROM c', ['changed', 'kept', 'removed']],
    ['some', 'SELECT VALUE c.id FROM c WHERE c.n = 2', []],
    ['sorted', 'SELECT VALUE c.id FROM c ORDER BY c.id DESC', ['removed', 'kept', 'changed']],
    ['counted', 'SELECT VALUE COUNT(1) FROM c', [3]],
  ])('a late reader is answered by queries from the past: %s', async (_, query, expected) => {
    expect(await idsIn(past, query)).toEqual(expected);
  });

  it('a late reader that asks across partitions sees each as it was', async () => {
    const query = {
      query: 'SELECT VALUE c.id FROM c WHERE c.boundary = @b',
      parameters: [{ name: '@b', value: boundary }],
    };
    expect((await past.items.query(query).fetchAll()).resources.sort()).toEqual(['changed', 'kept', 'removed']);
  });

  it('a client beside the late reader sees what there is now', async () => {
    expect(await idsIn(current)).toEqual(['added', 'changed', 'kept']);
  });

  it('a late reader writes to what there is now, and sees that partition up to its own write, and others as they were', async () => {
    const elsewhere = `${boundary}-elsewhere`;
    await current.items.create({ id: 'other', boundary: elsewhere });
    await past.items.create({ id: 'own', boundary });
    await current.items.create({ id: 'later', boundary });
    expect(await idsIn(past)).toEqual(['added', 'changed', 'kept', 'own']);
    expect((await past.item('other', elsewhere).read()).statusCode).toBe(404);
  });

  it('a late reader is refused under an old ETag, and sees by the refusal what there is', async () => {
    const { etag, resource } = await past.item('changed', boundary).read();
    expect(resource?.n).toBe(1);
    const condition = { accessCondition: { type: 'IfMatch', condition: etag } };
    const replacing = past.item('changed', boundary).replace({ id: 'changed', boundary, n: 3 }, condition);
    expect(await refusalOf(replacing)).toMatchObject({ code: 412 });
    expect((await past.item('changed', boundary).read()).resource?.n).toBe(2);
  });

  it('a batch is seen by a late reader as a whole or not at all', async () => {
    gate.asOf = await laterThanNow();
    await current.items.batch(
      ['x', 'y', 'z'].map((id) => ({ operationType: 'Create', resourceBody: { id, boundary } })),
      boundary,
    );
    expect(await idsIn(past)).toEqual(['added', 'changed', 'kept']);
  });
});
