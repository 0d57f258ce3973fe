import type { CompositePath, Container, FeedOptions, SqlQuerySpec } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyPaths, refusalOf, type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
let things: Container;
const items = [
  {
    id: 'a1',
    boundary: 'A',
    kind: 'order',
    n: 3,
    text: 'Älpha',
    tags: ['x', 'y'],
    nested: { deep: { v: 1 } },
    'odd name': 1,
  },
  {
    id: 'a2',
    boundary: 'A',
    kind: 'order',
    n: 1,
    text: 'beta',
    tags: ['y', 1],
    nested: { deep: { v: 2 } },
    flag: true,
  },
  { id: 'a3', boundary: 'A', kind: 'stock', n: 2, text: 'Gamma', tags: [null, true], flag: false },
  { id: 'b1', boundary: 'B', kind: 'order', n: null, text: 'delta%_' },
  { id: 'b2', boundary: 'B', kind: 'stock', text: 5 },
];
beforeAll(async () => {
  cosmos = await startForTest();
  const compositeIndexes: CompositePath[][] = [
    [
      { path: '/kind', order: 'descending' },
      { path: '/id', order: 'ascending' },
    ],
  ];
  things = await cosmos.container({ indexingPolicy: { includedPaths: [{ path: '/*' }], compositeIndexes } });
  for (const item of items) await things.items.create(item);
});
afterAll(() => cosmos[Symbol.asyncDispose]());

async function ask<T = unknown>(
  query: string,
  parameters: Record<string, unknown> = {},
  options: FeedOptions = {},
): Promise<T[]> {
  const spec = { query, parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })) };
  return (await things.items.query<T>(spec as SqlQuerySpec, options).fetchAll()).resources;
}
const inA = { partitionKey: 'A' };
const idsWhere = (condition: string, parameters = {}, options?: FeedOptions) =>
  ask(`SELECT VALUE c.id FROM c WHERE ${condition}`, parameters, options);

describe('SELECT', () => {
  it('SELECT returns whole items, values, objects and aggregates', async () => {
    expect(await ask('SELECT * FROM c', {}, inA)).toMatchObject(items.slice(0, 3));
    expect(await ask('SELECT VALUE c FROM c WHERE c.id = "a1"')).toMatchObject([items[0]]);
    expect(await ask('SELECT VALUE c.nested.deep.v FROM c')).toEqual([1, 2]);
    expect(await ask('SELECT it.id, it.nested.deep, it.flag FROM things it', {}, inA)).toEqual([
      { id: 'a1', deep: { v: 1 } },
      { id: 'a2', deep: { v: 2 }, flag: true },
      { id: 'a3', flag: false },
    ]);
  });

  it.each([
    ['COUNT(1)', [5]],
    ['MIN(c.id)', ['a1']],
    ['MIN(c.flag)', [false]],
    ['MIN(c.n)', [null]],
    ['MIN(c.missing)', []],
  ])('SELECT VALUE %s across partitions returns %j', async (aggregate, expected) => {
    expect(await ask(`SELECT VALUE ${aggregate} FROM c`)).toEqual(expected);
  });
});

describe('WHERE', () => {
  it.each([
    ["c.kind = 'order' AND c.n > 1", ['a1']],
    ["c.kind = 'stock' OR c.n = 3", ['a1', 'a3', 'b2']],
    ['NOT (c.n > 1)', ['a2']],
    ['c.n = null', ['b1']],
    ['c.n != null', []],
    ['c.text < 6', ['b2']],
    ['c.flag = false', ['a3']],
    ["CONTAINS(c.text, 'mm')", ['a3']],
    ["NOT CONTAINS(c.text, 'a')", []],
    ["CONTAINS(c.text, '%_')", ['b1']],
    ["CONTAINS(c.text, '')", ['a1', 'a2', 'a3', 'b1']],
    ['c.nested.deep.v = 2', ['a2']],
    ['c._ts > 0 AND c.n = 1', ['a2']],
    ['c.id = c.kind', []],
  ])('WHERE %s finds the items %j', async (condition, expected) => {
    expect(await idsWhere(condition)).toEqual(expected);
  });

  it('WHERE compares with parameters, also with lists and texts that contain quotes', async () => {
    expect(await idsWhere('ARRAY_CONTAINS(@ids, c.id)', { '@ids': ['a3', 'a1', 'none'] }, inA)).toEqual(['a1', 'a3']);
    expect(await idsWhere('ARRAY_CONTAINS(@texts, c.text)', { '@texts': ['order', 5] })).toEqual(['b2']);
    expect(await idsWhere('NOT ARRAY_CONTAINS(@numbers, c.n)', { '@numbers': [3, null] })).toEqual(['a2', 'a3']);
    expect(await idsWhere('c.id >= @from AND c.id < @to', { '@from': 'a2', '@to': 'b' })).toEqual(['a2', 'a3']);
    expect(await idsWhere('c.text = @text', { '@text': `'"; DROP TABLE items_1; --` })).toEqual([]);
    expect(await idsWhere('c.n = @none', { '@none': undefined })).toEqual([]);
    const many = Array.from({ length: 5000 }, (_, n) => `a${n}`);
    expect(await idsWhere('ARRAY_CONTAINS(@ids, c.id)', { '@ids': many })).toEqual(['a1', 'a2', 'a3']);
  });
});

describe('ORDER BY', () => {
  it('ORDER BY sorts undefined, null, booleans, numbers and texts in this order', async () => {
    expect(await ask('SELECT VALUE c.id FROM c ORDER BY c.n')).toEqual(['b2', 'b1', 'a2', 'a3', 'a1']);
    expect(await ask('SELECT VALUE c.id FROM c ORDER BY c.n DESC')).toEqual(['a1', 'a3', 'a2', 'b1', 'b2']);
    expect(await ask('SELECT VALUE c.text FROM c ORDER BY c.text')).toEqual([5, 'Gamma', 'beta', 'delta%_', 'Älpha']);
  });

  it('ORDER BY accepts several paths and directions, and TOP limits its result', async () => {
    expect(await ask('SELECT VALUE c.id FROM c ORDER BY c.kind DESC, c.id ASC')).toEqual([
      'a3',
      'b2',
      'a1',
      'a2',
      'b1',
    ]);
    expect(await ask('SELECT TOP @n VALUE c.id FROM c ORDER BY c.id DESC', { '@n': 2 })).toEqual(['b2', 'b1']);
    expect(await ask('SELECT TOP 0 * FROM c')).toEqual([]);
  });

  it('ORDER BY of a path without an index is refused', async () => {
    const narrow = await cosmos.container({ indexingPolicy: onlyPaths('/kind/?') });
    const sorted = (path: string) => narrow.items.query(`SELECT * FROM c ORDER BY c.${path}`).fetchAll();
    await expect(sorted('kind')).resolves.toBeDefined();
    await expect(sorted('id')).resolves.toBeDefined();
    expect(await refusalOf(sorted('other'))).toMatchObject({
      code: 400,
      message: expect.stringContaining('order-by item is excluded'),
    });
  });

  it('ORDER BY of several paths needs a composite index of exactly these paths, in either direction', async () => {
    const sorted = (order: string) => things.items.query(`SELECT VALUE c.id FROM c ORDER BY ${order}`).fetchAll();
    const backwards = await sorted('c.kind ASC, c.id DESC');
    expect(backwards.resources).toEqual(['b1', 'a2', 'a1', 'b2', 'a3']);
    for (const order of ['c.kind, c.id', 'c.id, c.kind DESC', 'c.kind DESC, c.n', 'c.kind DESC, c.id, c.n']) {
      expect(await refusalOf(sorted(order))).toMatchObject({
        code: 400,
        message: expect.stringContaining('does not have a corresponding composite index that it can be served from'),
      });
    }
  });
});

describe('a query plan', () => {
  it.each([
    ['forceQueryPlan', { forceQueryPlan: true }],
    ['enableQueryControl', { enableQueryControl: true }],
  ])('a query plan leads the SDK to the same results with %s', async (_, options) => {
    for (const [query, expected] of [
      ['SELECT VALUE c.id FROM c ORDER BY c.n', ['b2', 'b1', 'a2', 'a3', 'a1']],
      ['SELECT TOP 2 VALUE c.id FROM c ORDER BY c.id DESC', ['b2', 'b1']],
      ['SELECT VALUE COUNT(1) FROM c', [5]],
    ] as const) {
      expect(await ask(query, {}, { maxItemCount: 2, ...options })).toEqual(expected);
    }
  });
});

describe('unsupported SQL', () => {
  it.each([
    ['SELECT DISTINCT VALUE c.kind FROM c', 'DISTINCT'],
    ['SELECT c.kind, COUNT(1) AS n FROM c GROUP BY c.kind', 'COUNT'],
    ['SELECT VALUE {"k": c.kind} FROM c', "'{'"],
    ['SELECT VALUE UPPER(c.kind) FROM c', 'UPPER()'],
    ['SELECT * FROM c JOIN t IN c.tags', 'JOIN'],
    ['SELECT VALUE SUM(c.n) FROM c', 'SUM()'],
    ['SELECT c.id AS name FROM c', 'AS'],
    ['SELECT c FROM c', 'whole item'],
    ['SELECT VALUE c.tags[0] FROM c', 'arrays'],
    ['SELECT c.id FROM c GROUP BY c.id', 'GROUP BY'],
    ['SELECT * FROM c ORDER BY c.id OFFSET 1 LIMIT 2', 'OFFSET LIMIT'],
    ['SELECT * FROM c ORDER BY LOWER(c.id)', 'ORDER BY'],
    ['SELECT * FROM t IN c.tags', 'IN'],
    ["SELECT * FROM c WHERE c.text LIKE 'a%'", 'LIKE'],
    ["SELECT * FROM c WHERE c.id IN ('a1')", 'IN'],
    ["SELECT * FROM c WHERE c.id NOT IN ('a1')", 'IN'],
    ['SELECT * FROM c WHERE c.n BETWEEN 2 AND 3', 'BETWEEN'],
    ['SELECT * FROM c WHERE c.n <> 2', 'Operator <>'],
    ['SELECT * FROM c WHERE c.flag', 'A value as a condition'],
    ["SELECT * FROM c WHERE STARTSWITH(c.text, 'a')", 'STARTSWITH()'],
    ["SELECT * FROM c WHERE CONTAINS(c.text, 'a', true)", 'CONTAINS() with a third argument'],
    ["SELECT * FROM c WHERE ARRAY_CONTAINS(c.tags, 'y')", 'ARRAY_CONTAINS()'],
    ['SELECT * FROM c WHERE c.n + 1 = 2', 'Operator +'],
    ['SELECT * FROM c WHERE ABS(c.n) = 1', 'ABS()'],
    ['SELECT * FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.tags)', 'subquery'],
    ['SELECT * FROM c WHERE c.tags = ["x"]', 'arrays'],
    ['SELECT * FROM c WHERE c.n >', 'Syntax error'],
    ['SELECT * FROM c WHERE x.n = 1', "'x'"],
    ['SELECT * FROM c WHERE c.n = @missing', '@missing'],
    ['SELECT TOP -1 * FROM c', 'Syntax error'],
    [`SELECT * FROM c WHERE ${'('.repeat(500)}c.n${')'.repeat(500)}`, 'nests'],
    ['DROP TABLE c', 'Syntax error'],
  ])('unsupported SQL is refused and named: %s', async (query, named) => {
    expect(await refusalOf(ask(query))).toMatchObject({ code: 400, message: expect.stringContaining(named) });
  });
});
