import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseContainerDefinition } from '../model/container-definition.ts';
import type { ItemTable } from './item-table.ts';
import { openStorage } from './storage.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The items of one container in a file, as one process after another opens it. */
function openItems(file: string) {
  const { sqlite, catalog } = openStorage(file);
  const database = catalog.databases.get('d') ?? catalog.createDatabase('d');
  const definition = parseContainerDefinition({ id: 'c', partitionKey: { paths: ['/boundary'] } });
  const { items } = database.containers.get('c') ?? catalog.createContainer(database, definition);
  return { items, [Symbol.dispose]: () => sqlite.close() };
}

const numbersOf = (items: ItemTable, count: number) =>
  items.write(() => Array.from({ length: count }, () => items.nextLsn()));

it('a sequence number is used once, however many came before and whatever was taken back, also after a start', () => {
  const file = join(folder, 'cosmos.db');
  let last = 0;
  for (const count of [1, 999, 2, 3000, 1]) {
    using opened = openItems(file);
    const takenBack = () =>
      opened.items.write(() => {
        opened.items.nextLsn();
        throw new Error('taken back');
      });
    expect(takenBack).toThrow('taken back');
    const numbers = numbersOf(opened.items, count);
    expect(numbers.filter((number) => number <= last)).toEqual([]);
    last = numbers.at(-1) ?? last;
  }
});
