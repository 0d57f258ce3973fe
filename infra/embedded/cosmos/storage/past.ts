import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { type Fragment, raw, sql } from '../query/fragment.ts';

/** What is needed of the file. */
interface Tables {
  statement(text: string): StatementSync;
  run(text: string, ...values: SQLInputValue[]): void;
  define(text: string): void;
}

/** A reader that is told of the past: its own writes it sees, as a session would. */
export interface LateReader {
  readonly name: string;
  /** Milliseconds since 1970: what was written later it does not see. */
  readonly asOf: number;
}

/** The items of a container as a late reader sees them: each partition as it was at one moment of its own. */
export interface PastItems {
  /** All of them, with the columns of the container's table. */
  readonly table: Fragment;
  /** The reader has written to a partition, or was refused to: an answer to that carries its session up to here. */
  caughtUp(pk: string, lsn: number): void;
}

/** A write to an item; its moment is that of its transaction. */
export interface Write {
  readonly container: number;
  readonly table: string;
  readonly lsn: number;
  readonly at: number;
}

const columns = 'number, pk, id, etag, ts, expires_at, lsn, body';

/**
 * What items were before they were written, kept in memory while somebody may be answered from the past. It is for faults: a
 * replica that lags behind, as weaker consistency allows it.
 */
export class Past {
  readonly #sqlite: Tables;
  /** The last sequence number that each late reader wrote or was refused at, by container and partition. */
  readonly #seen = new Map<string, Map<string, number>>();
  #isKept = false;

  constructor(sqlite: Tables) {
    this.#sqlite = sqlite;
    sqlite.define(`
      CREATE TEMP TABLE past (container INTEGER, replaced INTEGER, at INTEGER, number INTEGER, pk TEXT, id TEXT, etag TEXT,
        ts INTEGER, expires_at INTEGER, lsn INTEGER, body TEXT);
      CREATE INDEX temp.past_item ON past (container, pk, id, replaced);
      CREATE INDEX temp.past_moment ON past (container, at, replaced);`);
  }

  /** From now on, or no longer: then all is forgotten. */
  keep(isKept: boolean): void {
    if (this.#isKept && !isKept) {
      this.#sqlite.run('DELETE FROM past');
      this.#seen.clear();
    }
    this.#isKept = isKept;
  }

  /** Takes note of an item that is about to be changed or removed. */
  replaced({ container, table, lsn, at }: Write, number: number): void {
    if (!this.#isKept) return;
    this.#sqlite.run(
      `INSERT INTO past (container, replaced, at, ${columns}) SELECT ?, ?, ?, ${columns} FROM ${table} WHERE number = ?`,
      ...[container, lsn, at, number],
    );
  }

  /** Takes note that there was no item before the one that is added. */
  absent({ container, lsn, at }: Write, pk: string, id: string): void {
    if (!this.#isKept) return;
    const values = [container, lsn, at, pk, id];
    this.#sqlite.run('INSERT INTO past (container, replaced, at, pk, id) VALUES (?, ?, ?, ?, ?)', ...values);
  }

  seenBy({ name, asOf }: LateReader, container: number, table: string): PastItems {
    const first = this.#sqlite
      .statement('SELECT replaced FROM past WHERE container = ? AND at > ? ORDER BY at, replaced LIMIT 1')
      .get(container, asOf) as readonly [number] | undefined;
    const general = first === undefined ? Number.MAX_SAFE_INTEGER : first[0] - 1;
    const key = `${name} ${container}`;
    const own = this.#seen.get(key) ?? new Map<string, number>();
    this.#seen.set(key, own);
    const owned = JSON.stringify([...own]);
    const limit = (of: string) =>
      sql`max(${general}, coalesce((SELECT value ->> 1 FROM json_each(${owned}) WHERE value ->> 0 = ${raw(of)}.pk), 0))`;
    const later = (of: string, other: string) =>
      sql`${raw(other)}.container = ${container} AND ${raw(other)}.pk = ${raw(of)}.pk AND ${raw(other)}.id = ${raw(of)}.id AND ${raw(other)}.replaced > ${limit(of)}`;
    return {
      table: sql`(SELECT ${raw(columns)} FROM ${raw(table)} AS i WHERE NOT EXISTS (SELECT 1 FROM past AS p WHERE ${later('i', 'p')})
        UNION ALL SELECT ${raw(columns)} FROM past AS p WHERE p.container = ${container} AND p.number IS NOT NULL
        AND p.replaced = (SELECT min(q.replaced) FROM past AS q WHERE ${later('p', 'q')}))`,
      caughtUp: (pk, lsn) => own.set(pk, lsn),
    };
  }
}
