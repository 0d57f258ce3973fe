import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { parseContainerDefinition } from '../model/container-definition.ts';
import { rankAt, valueAt } from '../model/json-path.ts';
import { readPage } from '../query/page.ts';
import { parseQuery } from '../query/parser.ts';
import { itemsOf } from '../query/source.ts';
import type { Container } from './container.ts';
import { openStorage, type Storage } from './storage.ts';

let folder: string;
let storage: Storage;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paths-'));
  storage = openStorage(fileName());
});
afterEach(() => {
  storage.sqlite.close();
  rmSync(folder, { recursive: true, force: true });
});

const fileName = () => join(folder, 'cosmos.db');

function definitionOf(...paths: readonly string[]) {
  const includedPaths = paths.map((path) => ({ path }));
  const indexingPolicy = { includedPaths, excludedPaths: [{ path: '/*' }] };
  return parseContainerDefinition({ id: 'c', partitionKey: { paths: ['/p'] }, indexingPolicy });
}

const owner = () => storage.catalog.databases.get('d') ?? storage.catalog.createDatabase('d');
const made = (...paths: readonly string[]) => storage.catalog.createContainer(owner(), definitionOf(...paths));
const redefined = (container: Container, ...paths: readonly string[]) =>
  storage.catalog.replaceContainer(owner(), container, definitionOf(...paths));

/** Opens the file as the next process does, after what was done to it in between. */
function reopened(between: (file: DatabaseSync) => void = () => undefined): Container {
  storage.sqlite.close();
  const file = new DatabaseSync(fileName());
  between(file);
  file.close();
  storage = openStorage(fileName());
  return owner().containers.get('c') ?? expect.fail('the container is gone');
}

function put(container: Container, number: number, due?: Json): void {
  const document = { id: String(number), ...(due === undefined ? {} : { due }) };
  const paths = container.paths.valuesIn(document);
  const state = { etag: '', ts: 0, expiresAt: null, body: JSON.stringify(document), paths };
  container.items.write(() => {
    if (container.items.find('"p"', document.id, 0) === undefined)
      container.items.insert(number, '"p"', document.id, state);
    else container.items.update(number, container.items.nextLsn(), state);
  });
}

function dueBy(container: Container, due: string): readonly unknown[] {
  const page = readPage(storage.sqlite, {
    query: parseQuery('SELECT VALUE c.id FROM c WHERE c.due <= @due ORDER BY c.due'),
    source: itemsOf(container, undefined, 0, undefined),
    parameters: new Map([['@due', due]]),
    maxItems: 100,
    continuation: undefined,
    mark: '',
  });
  return page.results.map((result) => JSON.parse(result));
}

/** The names of a container's indexes that hold items which have a path. */
const indexesOf = ({ items }: Container) =>
  storage.sqlite
    .statement("SELECT name FROM sqlite_schema WHERE tbl_name = ? AND sql LIKE '%WHERE rank%'")
    .all(items.name);

it('a query goes by what an item has at a path now, whatever it had there before', () => {
  const container = made('/due/?');
  put(container, 1, 'b');
  put(container, 2, 'a');
  put(container, 3, { of: 'another type' });
  expect(dueBy(container, 'b')).toEqual(['2', '1']);
  put(container, 1, 'c');
  put(container, 2, 'a');
  put(container, 3, 'b');
  expect(dueBy(container, 'b')).toEqual(['2', '3']);
  put(container, 2, null);
  put(container, 3, 7);
  expect(dueBy(container, 'c')).toEqual(['1']);
});

it('an item that does not have a path takes no place in an index over all partitions', () => {
  const container = made('/due/?');
  put(container, 1, 'a');
  dueBy(container, 'a');
  const sizeOf = () =>
    storage.sqlite.statement("SELECT sum(ncell) FROM dbstat WHERE name LIKE '%container_rank%'").get();
  const one = sizeOf();
  put(container, 2);
  expect(one).toEqual([1]);
  expect(sizeOf()).toEqual(one);
});

it('a path that a policy names once more is filled with what was written meanwhile', () => {
  let container = made('/due/?');
  put(container, 1, 'a');
  dueBy(container, 'a');
  container = redefined(container, '/other/?');
  expect(indexesOf(container)).toEqual([]);
  put(container, 1, 'c');
  put(container, 2, 'b');
  container = redefined(container, '/other/?', '/due/?');
  expect(dueBy(container, 'b')).toEqual(['2']);
  expect(dueBy(container, 'c')).toEqual(['2', '1']);
});

it('a file of the former version has its virtual columns replaced by such as are filled', () => {
  const path = ['due'];
  const container = made('/due/?');
  put(container, 1, 'a');
  put(container, 2, 'b');
  const { rank, value } = container.paths.find(path) ?? expect.fail('the path has no columns');
  const { name } = container.items;
  const now = reopened((file) =>
    file.exec(`
    ALTER TABLE ${name} DROP COLUMN ${rank}; ALTER TABLE ${name} DROP COLUMN ${value};
    ALTER TABLE ${name} ADD COLUMN ${rank} GENERATED ALWAYS AS (${rankAt(path)}) VIRTUAL;
    ALTER TABLE ${name} ADD COLUMN ${value} GENERATED ALWAYS AS (${valueAt(path)}) VIRTUAL;
    CREATE INDEX ${name}_container_${rank} ON ${name} (${rank}, ${value}, pk, id);
    PRAGMA user_version = 1;`),
  );
  put(now, 1, 'c');
  put(now, 3, 'a');
  expect(dueBy(now, 'b')).toEqual(['3', '2']);
  expect(indexesOf(now)).toHaveLength(1);
  expect(dueBy(reopened(), 'c')).toEqual(['3', '2', '1']);
});
