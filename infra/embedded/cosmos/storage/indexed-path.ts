import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../json.ts';
import { type Path, rankAt, rankOf, valueAt, valueIn } from '../model/json-path.ts';
import type { ItemTable, PathColumns, PathValue } from './item-table.ts';

/** Whether a query looks into one partition or into all of them: an index serves one or the other. */
export type Reach = 'partition' | 'container';

/**
 * The paths that a container's indexing policy names, each as two columns, which each write fills. They are indexed
 * when the first query asks in a way that the index would serve: a policy does not say whether a path is searched within
 * partitions or across them, and a write pays for every index.
 */
export class IndexedPaths {
  readonly #table: ItemTable;
  /** By their names in the table. */
  readonly #paths = new Map<string, Path>();
  readonly #indexes = new Set<string>();

  constructor(table: ItemTable) {
    this.#table = table;
  }

  /** Gives the table columns for these paths where it has none yet, and takes away those of others, which nobody fills any more. */
  define(paths: readonly Path[]): void {
    this.#paths.clear();
    this.#indexes.clear();
    for (const path of paths) this.#paths.set(nameOf(path), path);
    this.#table.sqlite.together(() => {
      this.#dropOthers();
      this.#addMissing();
    });
    this.#table.keepPaths([...this.#paths.keys()].map(columnsOf));
  }

  /** What a document has at each of the paths. */
  valuesIn(document: JsonObject): readonly PathValue[] {
    return [...this.#paths.values()].map((path) => {
      const value = valueIn(document, path);
      return { rank: rankOf(value), value: columnValueOf(value) };
    });
  }

  find(path: Path): PathColumns | undefined {
    const name = nameOf(path);
    return this.#paths.has(name) ? columnsOf(name) : undefined;
  }

  /**
   * Makes sure that a query over these columns need not scan, and that one which sorts by them in this order need not sort. Who looks
   * through all partitions looks for the few that have the path at all, such as what is due: the many others are in no index for that,
   * which serves conditions that say so (https://sqlite.org/partialindex.html#queries_using_partial_indexes).
   */
  ensureIndex(columns: readonly PathColumns[], reach: Reach): void {
    const name = [this.#table.name, reach, ...columns.map(({ rank }) => rank)].join('_');
    if (this.#indexes.has(name)) return;
    const values = columns.flatMap(({ rank, value }) => [rank, value]);
    const keys = reach === 'partition' ? ['pk', ...values, 'id'] : [...values, 'pk', 'id'];
    const [first, second] = columns;
    const some = reach === 'container' && second === undefined ? `WHERE ${first?.rank} <> 0` : '';
    this.#table.sqlite.define(`CREATE INDEX IF NOT EXISTS ${name} ON ${this.#table.name} (${keys.join(', ')}) ${some}`);
    this.#indexes.add(name);
  }

  /** Files of before have virtual columns, which are others, too. */
  #dropOthers(): void {
    const { name, sqlite } = this.#table;
    for (const { column, isVirtual } of this.#present()) {
      if (this.#paths.has(column.replace(/^[a-z]+_/, '')) && !isVirtual) continue;
      const indexes = sqlite.statement(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND instr(sql, ?)",
      );
      for (const [index] of indexes.all(name, column) as unknown as [string][]) sqlite.define(`DROP INDEX ${index}`);
      sqlite.define(`ALTER TABLE ${name} DROP COLUMN ${column}`);
    }
  }

  #addMissing(): void {
    const { name, sqlite } = this.#table;
    const present = new Set(this.#present().map(({ column }) => column));
    for (const [hash, path] of this.#paths) {
      const { rank, value } = columnsOf(hash);
      if (present.has(rank)) continue;
      sqlite.define(`
        ALTER TABLE ${name} ADD COLUMN ${rank} INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE ${name} ADD COLUMN ${value} NOT NULL DEFAULT '';
        UPDATE ${name} SET ${rank} = ${rankAt(path)}, ${value} = ${valueAt(path)};`);
    }
  }

  /** The columns of paths that the table has. */
  #present(): readonly { readonly column: string; readonly isVirtual: boolean }[] {
    const columns = this.#table.sqlite.statement(`SELECT name, hidden FROM pragma_table_xinfo('${this.#table.name}')`);
    return (columns.all() as unknown as [string, number][])
      .filter(([column]) => /^(?:rank|value)_/.test(column))
      .map(([column, hidden]) => ({ column, isVirtual: hidden !== 0 }));
  }
}

/** As `valueAt` has it. */
function columnValueOf(value: Json | undefined): PathValue['value'] {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What tells the columns of a path from others: names of columns ignore case and paths do not, hence a hash. */
function nameOf(path: Path): string {
  return createHash('sha256').update(JSON.stringify(path)).digest('hex').slice(0, 16);
}

function columnsOf(name: string): PathColumns {
  return { rank: `rank_${name}`, value: `value_${name}` };
}
