import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { parseContainerDefinition } from '../model/container-definition.ts';
import type { PartitionKey } from '../model/partition-key.ts';
import { Catalog } from '../storage/catalog.ts';
import type { Container } from '../storage/container.ts';
import { openSqlite, type Sqlite } from '../storage/sqlite.ts';
import { outputOf } from './output.ts';
import { pageStatement } from './page-statement.ts';
import { parseQuery } from './parser.ts';
import { sortKeys } from './sort-key.ts';
import { itemsOf } from './source.ts';

let sqlite: Sqlite;
let container: Container;
// Each anew: an index that one query has had made, another may go by.
beforeEach(() => {
  sqlite = openSqlite(':memory:');
  const catalog = new Catalog(sqlite);
  const includedPaths = ['/kind/?', '/dueAt/?', '/sort/?'].map((path) => ({ path }));
  const compositeIndexes = [['/kind', '/sort', '/id'].map((path) => ({ path }))];
  const indexingPolicy = { includedPaths, compositeIndexes, excludedPaths: [{ path: '/*' }] };
  const definition = parseContainerDefinition({
    id: 'c',
    partitionKey: { paths: ['/boundary'] },
    defaultTtl: -1,
    indexingPolicy,
  });
  container = catalog.createContainer(catalog.createDatabase('d'), definition);
});
afterEach(() => sqlite.close());

const sorted = (condition: string) =>
  `SELECT * FROM c WHERE c.kind = 'order' ${condition} ORDER BY c.kind, c.sort, c.id`;

/** How SQLite goes about a page of a query. */
function planOf(
  text: string,
  partitionKey: string | undefined,
  after?: readonly (string | number)[],
): readonly string[] {
  const pk = partitionKey === undefined ? undefined : (JSON.stringify(partitionKey) as PartitionKey);
  const query = parseQuery(text);
  const source = itemsOf(container, pk, 0, undefined);
  const parameters = new Map<string, Json>([
    ['@now', '2026'],
    ['@ids', ['a', 'b']],
    ['@value', 's'],
    ['@after', 'i'],
  ]);
  const keys = sortKeys(query.orderBy, source);
  const output = outputOf({ kind: 'item' });
  const statement = pageStatement({ query, source, parameters }, keys, output, { size: 10, after });
  const rows = sqlite.statement(`EXPLAIN QUERY PLAN ${statement.text}`).all(...statement.values);
  return rows.map((row) => String(Object.values(row)[3]));
}

it.each<[string, string | undefined, readonly (string | number)[] | undefined]>([
  ['SELECT * FROM c WHERE c.dueAt <= @now ORDER BY c.dueAt', undefined, undefined],
  ['SELECT * FROM c WHERE c.dueAt <= @now ORDER BY c.dueAt', undefined, [4, '2025', '"p"', 'i']],
  [
    'SELECT * FROM c WHERE c.dueAt <= @now AND (ARRAY_CONTAINS(@ids, c.kind) OR c.dueAt <= @value) ORDER BY c.dueAt',
    undefined,
    undefined,
  ],
  ["SELECT * FROM c WHERE c.kind = 'order'", 'p', undefined],
  ["SELECT * FROM c WHERE c.kind = 'order' ORDER BY c.id", 'p', undefined],
  ["SELECT * FROM c WHERE c.kind = 'order' ORDER BY c.id", 'p', ['i']],
  ['SELECT * FROM c ORDER BY c.sort DESC', 'p', undefined],
  ['SELECT * FROM c ORDER BY c.sort DESC', 'p', [4, 's', 'i']],
  [sorted(''), 'p', undefined],
  [sorted('AND c.sort >= @value AND (c.sort > @value OR c.id > @after)'), 'p', undefined],
  ["SELECT * FROM c WHERE c.id > 'a' AND c.id < 'b' ORDER BY c.id DESC", 'p', ['aa']],
  ['SELECT * FROM c WHERE ARRAY_CONTAINS(@ids, c.id)', 'p', undefined],
  ['SELECT * FROM c', 'p', ['i']],
])('the query reads only what it needs from an index and sorts nothing: %s in partition %s after %j', (query, partitionKey, after) => {
  const plan = planOf(query, partitionKey, after).filter((step) => !step.includes('json_each'));
  expect(plan.some((step) => step.startsWith(`SEARCH ${container.items.name} USING INDEX`))).toBe(true);
  expect(plan.filter((step) => step.startsWith('SCAN') || step.includes('TEMP B-TREE'))).toEqual([]);
});

it('a query by kind in a partition searches an index by both', () => {
  const [step] = planOf("SELECT * FROM c WHERE c.kind = 'order' ORDER BY c.id", 'p');
  expect(step).toMatch(/pk=\? AND rank_\w+=\? AND value_\w+=\?/);
});

it('the next page of a sorted query starts in the middle of its composite index', () => {
  const [step] = planOf(sorted('AND c.sort >= @value AND (c.sort > @value OR c.id > @after)'), 'p');
  expect(step).toMatch(/pk=\? AND rank_\w+=\? AND value_\w+=\? AND rank_\w+=\? AND value_\w+>\?/);
});
