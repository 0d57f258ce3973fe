import type { CompositePath, Container, FeedOptions } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf, type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
beforeAll(async () => {
  cosmos = await startForTest();
});
afterAll(() => cosmos[Symbol.asyncDispose]());

async function filled(count: number, more: (n: number) => object = () => ({})): Promise<Container> {
  const compositeIndexes: CompositePath[][] = [
    [
      { path: '/group', order: 'descending' },
      { path: '/n', order: 'ascending' },
    ],
  ];
  const container = await cosmos.container({ indexingPolicy: { includedPaths: [{ path: '/*' }], compositeIndexes } });
  for (let n = 0; n < count; n += 1) {
    await container.items.create({
      id: `i${String(n).padStart(3, '0')}`,
      boundary: n % 2 === 0 ? 'even' : 'odd',
      n,
      ...more(n),
    });
  }
  return container;
}

/** Reads one page after another, each with a new iterator, as a client that comes back does. */
async function pages(
  container: Container,
  query: string,
  options: FeedOptions,
  between: () => Promise<void> = async () => undefined,
) {
  const found: string[][] = [];
  let continuationToken: string | undefined;
  do {
    const iterator = container.items.query<string>(query, {
      ...options,
      ...(continuationToken && { continuationToken }),
    });
    const page = await iterator.fetchNext();
    found.push(page.resources);
    continuationToken = page.continuationToken;
    await between();
  } while (continuationToken !== undefined);
  return found;
}

describe('the pages of a query', () => {
  it.each([
    'SELECT VALUE c.id FROM c',
    'SELECT VALUE c.id FROM c ORDER BY c.id DESC',
    'SELECT VALUE c.id FROM c ORDER BY c.group',
    'SELECT VALUE c.id FROM c ORDER BY c.group DESC',
    'SELECT VALUE c.id FROM c ORDER BY c.group DESC, c.n ASC',
    'SELECT VALUE c.id FROM c ORDER BY c._ts',
  ])('the pages of a query add up to its whole result, in one partition and across all: %s', async (query) => {
    const groups = [undefined, null, true, 1, 'x', [1]];
    const container = await filled(30, (n) => ({ group: groups[n % groups.length] }));
    for (const scope of [{}, { partitionKey: 'even' }]) {
      const whole = (await container.items.query<string>(query, scope).fetchAll()).resources;
      const parts = await pages(container, query, { ...scope, maxItemCount: 4 });
      expect(parts.flat()).toEqual(whole);
      expect(parts.every((part) => part.length <= 4)).toBe(true);
      expect(new Set(whole).size).toBe('partitionKey' in scope ? 15 : 30);
    }
  });

  it('the pages of a query contain every lasting item once while others are created and deleted', async () => {
    const container = await filled(20);
    let round = 0;
    const found = await pages(
      container,
      'SELECT VALUE c.id FROM c ORDER BY c.n',
      { maxItemCount: 3, partitionKey: 'even' },
      async () => {
        round += 1;
        await container.items.create({ id: `new${round}`, boundary: 'even', n: -round });
        // An item that was on a page already: an offset would now skip one.
        await container.item(`i${String((round - 1) * 2).padStart(3, '0')}`, 'even').delete();
      },
    );
    expect(found.flat()).toEqual(Array.from({ length: 10 }, (_, n) => `i${String(n * 2).padStart(3, '0')}`));
  });

  it('the next page of a query continues even if the last item of the page before is deleted', async () => {
    const container = await filled(6);
    const query = 'SELECT VALUE c.id FROM c ORDER BY c.n';
    const first = await container.items.query(query, { maxItemCount: 2 }).fetchNext();
    await container.item('i001', 'odd').delete();
    const rest = container.items.query(query, { continuationToken: first.continuationToken });
    expect((await rest.fetchAll()).resources).toEqual(['i002', 'i003', 'i004', 'i005']);
  });

  it('the pages of a query with TOP contain no more items than TOP in total', async () => {
    const container = await filled(10);
    expect(await pages(container, 'SELECT TOP 5 VALUE c.n FROM c ORDER BY c.n', { maxItemCount: 2 })).toEqual([
      [0, 1],
      [2, 3],
      [4],
    ]);
  });

  it('the last page of a query has no continuation token, even if it is full', async () => {
    const container = await filled(4);
    expect(await pages(container, 'SELECT VALUE c.n FROM c', { maxItemCount: 2 })).toHaveLength(2);
  });

  it('a page of a query is smaller than 4 MB', async () => {
    const container = await filled(3, () => ({ text: 'x'.repeat(1_900_000) }));
    const sizes = (await pages(container, 'SELECT * FROM c', {})).map((page) => page.length);
    expect(sizes).toEqual([2, 1]);
  });
});

describe('a continuation token of a query', () => {
  const query = 'SELECT * FROM c ORDER BY c.n';
  const other = (token: string, change: (token: Record<string, unknown>) => object) =>
    Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(token, 'base64').toString())))).toString('base64');

  it('a continuation token is refused if it is malformed or made for another query, partition or container', async () => {
    const container = await filled(4);
    const first = await container.items.query(query, { maxItemCount: 1, partitionKey: 'even' }).fetchNext();
    const token = String(first.continuationToken);
    const use = (continuationToken: string, text = query, partitionKey = 'even', from = container) =>
      refusalOf(from.items.query(text, { continuationToken, partitionKey }).fetchNext());
    for (const refused of [
      use('rubbish'),
      use(Buffer.from('{}').toString('base64')),
      use(other(token, (parts) => ({ ...parts, after: ['x'] }))),
      use(other(token, (parts) => ({ ...parts, after: [null, null, null] }))),
      use(token, 'SELECT * FROM c ORDER BY c.n DESC'),
      use(token, query, 'odd'),
      use(token, query, 'even', await filled(1)),
    ]) {
      expect(await refused).toMatchObject({
        code: 400,
        message: expect.stringContaining('Invalid Continuation Token'),
      });
    }
  });
});
