import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { parseContainerDefinition } from '../model/container-definition.ts';
import { Catalog } from '../storage/catalog.ts';
import type { Container } from '../storage/container.ts';
import type { ItemState } from '../storage/item-table.ts';
import { openSqlite, type Sqlite } from '../storage/sqlite.ts';
import { type Comparator, comparators } from './keywords.ts';
import { readPage } from './page.ts';
import { parseQuery } from './parser.ts';
import { itemsOf } from './source.ts';

/** Values where types, texts and numbers meet: near ones compare, far ones are of another type. */
const value = fc.constantFrom<Json | undefined>(
  ...[undefined, null, true, false, 0, 1, -1.5, 1e21, '', '0', 'a', 'A', 'ab', 'ä', '\uffff', '😀', "it's"],
);
const document = fc.record({ a: value, b: value });
type Document = { readonly a: Json | undefined; readonly b: Json | undefined };

/** A condition, as query text and as what it means. */
interface Condition {
  readonly text: string;
  readonly means: (document: Document) => boolean | undefined;
}

const comparator = fc.constantFrom(...comparators);
const operand = fc.oneof(
  fc.constantFrom<'a' | 'b'>('a', 'b').map((name) => ({ text: `c.${name}`, of: (it: Document) => it[name] })),
  value.map((constant) => ({ text: literal(constant), of: () => constant })),
);
const condition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(operand, comparator, operand).map(([left, sign, right]) => ({
      text: `${left.text} ${sign} ${right.text}`,
      means: (it: Document) => compare(left.of(it), sign, right.of(it)),
    })),
    fc.tuple(fc.constantFrom('', 'A', 'b', 'Ä', '😀'), fc.constantFrom<'a' | 'b'>('a', 'b')).map(([part, name]) => ({
      text: `CONTAINS(c.${name}, ${literal(part)})`,
      means: (it: Document) => {
        const text = it[name];
        return typeof text === 'string' ? text.includes(part) : undefined;
      },
    })),
    tie('condition').map(({ text, means }) => ({
      text: `NOT (${text})`,
      means: (it: Document) => {
        const inner = means(it);
        return inner === undefined ? undefined : !inner;
      },
    })),
    fc.tuple(tie('condition'), tie('condition')).map(([left, right]) => ({
      text: `(${left.text} AND ${right.text})`,
      means: (it: Document) => both(left.means(it), right.means(it), false),
    })),
    fc.tuple(tie('condition'), tie('condition')).map(([left, right]) => ({
      text: `(${left.text} OR ${right.text})`,
      means: (it: Document) => both(left.means(it), right.means(it), true),
    })),
  ),
})).condition;

function literal(constant: Json | undefined): string {
  return constant === undefined ? 'undefined' : JSON.stringify(constant);
}

/** AND is decided by one false, OR by one true; otherwise one undefined side leaves all undefined. */
function both(left: boolean | undefined, right: boolean | undefined, decisive: boolean): boolean | undefined {
  if (left === decisive || right === decisive) return decisive;
  return left === undefined || right === undefined ? undefined : !decisive;
}

function compare(left: Json | undefined, sign: Comparator, right: Json | undefined): boolean | undefined {
  if (left === undefined || right === undefined || typeof left !== typeof right || (left === null) !== (right === null))
    return undefined;
  const order = orderOf(left, right);
  return { '=': order === 0, '!=': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[
    sign
  ];
}

function orderOf(left: Json, right: Json): number {
  if (typeof left === 'string' && typeof right === 'string')
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  return Number(left) - Number(right);
}

let sqlite: Sqlite;
let container: Container;
beforeAll(() => {
  sqlite = openSqlite(':memory:');
  const catalog = new Catalog(sqlite);
  const indexingPolicy = { includedPaths: [{ path: '/a/?' }], excludedPaths: [{ path: '/*' }] };
  const definition = parseContainerDefinition({ id: 'c', partitionKey: { paths: ['/p'] }, indexingPolicy });
  container = catalog.createContainer(catalog.createDatabase('d'), definition);
});
afterAll(() => sqlite.close());

/** Puts the documents into the empty container, each in place of another one, and asks for the numbers of those that a query finds. */
function found(documents: readonly Document[], query: string): readonly number[] {
  sqlite.run(`DELETE FROM ${container.items.name}`);
  documents.forEach((body, n) => {
    container.items.insert(n + 1, '"p"', String(n), stateOf(documents[n - 1] ?? body, n));
    container.items.update(n + 1, n + 1, stateOf(body, n));
  });
  const page = readPage(sqlite, {
    query: parseQuery(query),
    source: itemsOf(container, undefined, 0, undefined),
    parameters: new Map(),
    maxItems: 100,
    continuation: undefined,
    mark: '',
  });
  return page.results.map(Number);
}

function stateOf(document: Document, n: number): ItemState {
  const body = JSON.stringify({ ...document, n });
  return { etag: '', ts: 0, expiresAt: null, body, paths: container.paths.valuesIn(JSON.parse(body)) };
}

it('a query finds exactly the items for which its condition is true, neither false nor undefined', () => {
  fc.assert(
    fc.property(fc.array(document, { maxLength: 12 }), condition, (documents, { text, means }) => {
      const expected = documents.flatMap((it, n) => (means(it) === true ? [n] : []));
      expect([...found(documents, `SELECT VALUE c.n FROM c WHERE ${text}`)].sort((x, y) => x - y)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

it('ORDER BY sorts by type and then by value, with an index and without', () => {
  const types = ['undefined', 'null', 'boolean', 'number', 'string'];
  const typeOf = (it: Json | undefined) => types.indexOf(it === null ? 'null' : typeof it);
  const order = (x: Json | undefined, y: Json | undefined) =>
    typeOf(x) - typeOf(y) || (x === undefined || y === undefined ? 0 : orderOf(x, y));
  fc.assert(
    fc.property(fc.array(document, { maxLength: 12 }), fc.constantFrom<'a' | 'b'>('a', 'b'), (documents, name) => {
      const sorted = found(documents, `SELECT VALUE c.n FROM c ORDER BY c.${name}`).map((n) => documents[n]?.[name]);
      expect(sorted).toHaveLength(documents.length);
      sorted.slice(1).forEach((it, n) => {
        expect(order(sorted[n], it)).toBeLessThanOrEqual(0);
      });
    }),
    { numRuns: 200 },
  );
});
