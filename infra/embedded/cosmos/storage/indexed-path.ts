import { createHash } from 'node:crypto';
import { type Path, rankAt, valueAt } from '../model/json-path.ts';
import type { ItemTable } from './item-table.ts';

/** The columns that hold a path's value, ready to be indexed: its type's rank, then the value. */
export interface PathColumns {
  readonly rank: string;
  readonly value: string;
}

/** Whether a query looks into one partition or into all of them: an index serves one or the other. */
export type Reach = 'partition' | 'container';

/**
 * The paths that a container's indexing policy names, each as two virtual columns. A column costs nothing until it is
 * indexed, and that happens when the first query asks in a way that the index would serve: a policy does not say
 * whether a path is searched within partitions or across them, and a write pays for every index.
 */
export class IndexedPaths {
  readonly #table: ItemTable;
  readonly #columns = new Map<string, PathColumns>();
  readonly #indexes = new Set<string>();

  constructor(table: ItemTable) {
    this.#table = table;
  }

  /** Gives the table columns for these paths where it has none yet. */
  define(paths: readonly Path[]): void {
    const present = new Set(
      this.#table.sqlite
        .statement(`SELECT name FROM pragma_table_xinfo('${this.#table.name}')`)
        .all()
        .flatMap((row) => Object.values(row)),
    );
    this.#columns.clear();
    for (const path of paths) {
      const columns = columnsOf(path);
      this.#columns.set(keyOf(path), columns);
      if (present.has(columns.rank)) continue;
      this.#table.sqlite.define(`
        ALTER TABLE ${this.#table.name} ADD COLUMN ${columns.rank} GENERATED ALWAYS AS (${rankAt(path)}) VIRTUAL;
        ALTER TABLE ${this.#table.name} ADD COLUMN ${columns.value} GENERATED ALWAYS AS (${valueAt(path)}) VIRTUAL;`);
    }
  }

  find(path: Path): PathColumns | undefined {
    return this.#columns.get(keyOf(path));
  }

  /** Makes sure that a query over these columns need not scan, and that one which sorts by them in this order need not sort. */
  ensureIndex(columns: readonly PathColumns[], reach: Reach): void {
    const name = [this.#table.name, reach, ...columns.map(({ rank }) => rank)].join('_');
    if (this.#indexes.has(name)) return;
    const values = columns.flatMap(({ rank, value }) => [rank, value]);
    const keys = reach === 'partition' ? ['pk', ...values, 'id'] : [...values, 'pk', 'id'];
    this.#table.sqlite.define(`CREATE INDEX IF NOT EXISTS ${name} ON ${this.#table.name} (${keys.join(', ')})`);
    this.#indexes.add(name);
  }
}

const keyOf = (path: Path) => JSON.stringify(path);

function columnsOf(path: Path): PathColumns {
  // Column names ignore case and paths do not, hence a hash.
  const hash = createHash('sha256').update(keyOf(path)).digest('hex').slice(0, 16);
  return { rank: `rank_${hash}`, value: `value_${hash}` };
}
