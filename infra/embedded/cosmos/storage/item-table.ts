import type { Rank } from '../model/json-path.ts';
import { type Fragment, raw, sql } from '../query/fragment.ts';
import type { LateReader, PastItems, Write } from './past.ts';
import { itemTableDefinition } from './schema.ts';
import type { Sqlite } from './sqlite.ts';

/** An item as it is stored. */
export interface StoredItem {
  /** Unique in the container for all time; the document's `_rid` is made of it. */
  readonly number: number;
  readonly etag: string;
  readonly lsn: number;
  /** The document with its system properties, as JSON text. */
  readonly body: string;
}

/** The columns of a path: the rank of its value, and the value. */
export interface PathColumns {
  readonly rank: string;
  readonly value: string;
}

/** What an item has at a path, as its columns hold it. */
export interface PathValue {
  readonly rank: Rank;
  readonly value: string | number | bigint;
}

/** What a write stores. */
export interface ItemState {
  readonly etag: string;
  readonly ts: number;
  /** Milliseconds since 1970, or null for an item that stays. */
  readonly expiresAt: number | null;
  readonly body: string;
  /** Of each path that the table has columns of, in their order. */
  readonly paths: readonly PathValue[];
}

/** How many sequence numbers are reserved at a time. */
const reservedAhead = 1000;

/** The items of one container. An item past its time is invisible here from that moment on, deleted or not. */
export class ItemTable {
  readonly name: string;
  readonly sqlite: Sqlite;
  readonly #container: number;
  #lastLsn: number;
  /** The file says that numbers up to this one may have been used. */
  #reservedLsn: number;
  /** Of the paths that the indexing policy names. */
  #paths: readonly PathColumns[] = [];
  #insertion = '';
  /** When the transaction under way began, in milliseconds since 1970. */
  #at = 0;

  constructor(sqlite: Sqlite, container: number, lsn: number) {
    this.sqlite = sqlite;
    this.#container = container;
    this.#lastLsn = lsn;
    this.#reservedLsn = lsn;
    this.name = `items_${container}`;
  }

  /** The logical sequence number of the last write. */
  get lsn(): number {
    return this.#lastLsn;
  }

  create(): void {
    this.sqlite.define(itemTableDefinition(this.name));
  }

  drop(): void {
    this.sqlite.define(`DROP TABLE ${this.name}`);
  }

  /** From now on each write says what the item has at these paths. */
  keepPaths(paths: readonly PathColumns[]): void {
    this.#paths = paths;
    const own = ['number', 'pk', 'id', 'etag', 'ts', 'expires_at', 'lsn', 'body'];
    const columns = [...own, ...paths.flatMap(({ rank, value }) => [rank, value])];
    this.#insertion = `INSERT OR REPLACE INTO ${this.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  }

  /**
   * Runs `work` as one transaction. How far the sequence numbers got is written down for many of them ahead, so that not every
   * write has to: after a start they go on behind those.
   */
  write<T>(work: () => T): T {
    let reserved = this.#reservedLsn;
    this.#at = Date.now();
    const result = this.sqlite.transaction(() => {
      const done = work();
      if (this.#lastLsn > reserved) {
        reserved = this.#lastLsn + reservedAhead;
        this.sqlite.run('UPDATE containers SET lsn = ? WHERE number = ?', reserved, this.#container);
      }
      return done;
    });
    this.#reservedLsn = reserved;
    return result;
  }

  /** The next sequence number, which serves as the number of a new item too. A rolled-back one is never used again. */
  nextLsn(): number {
    this.#lastLsn += 1;
    return this.#lastLsn;
  }

  find(pk: string, id: string, now: number): StoredItem | undefined {
    return this.#found(raw(this.name), pk, id, now);
  }

  /** The item as a late reader sees it. */
  findIn({ table }: PastItems, pk: string, id: string, now: number): StoredItem | undefined {
    return this.#found(table, pk, id, now);
  }

  /** All items as a late reader sees them. */
  seenBy(reader: LateReader): PastItems {
    return this.sqlite.past.seenBy(reader, this.#container, this.name);
  }

  /** Adds an item that `find` does not see. Where an expired one still lies at its place, that one goes. */
  insert(number: number, pk: string, id: string, { etag, ts, expiresAt, body, paths }: ItemState): void {
    this.sqlite.past.absent(this.#writeOf(number), pk, id);
    this.sqlite.run(
      this.#insertion,
      ...[number, pk, id, etag, ts, expiresAt, number, body],
      ...paths.flatMap(({ rank, value }) => [rank, value]),
    );
  }

  /** Of the paths only those are written that have another value now: what is written is written to its indexes as well. */
  update(number: number, lsn: number, { etag, ts, expiresAt, body, paths }: ItemState): void {
    this.sqlite.past.replaced(this.#writeOf(lsn), number);
    const isSame = this.#hasAlready(number, paths);
    const sets = this.#paths.flatMap(({ rank, value }, n) => (isSame[n] ? [] : [`, ${rank} = ?, ${value} = ?`]));
    const values = paths.flatMap(({ rank, value }, n) => (isSame[n] ? [] : [rank, value]));
    this.sqlite.run(
      `UPDATE ${this.name} SET etag = ?, ts = ?, expires_at = ?, lsn = ?, body = ?${sets.join('')} WHERE number = ?`,
      ...[etag, ts, expiresAt, lsn, body, ...values, number],
    );
  }

  /** Of each path, whether the item has this value there. */
  #hasAlready(number: number, paths: readonly PathValue[]): readonly boolean[] {
    if (paths.length === 0) return [];
    const questions = this.#paths.map(({ rank, value }) => `${rank} = ? AND ${value} = ?`);
    const row = this.sqlite
      .statement(`SELECT ${questions.join(', ')} FROM ${this.name} WHERE number = ?`)
      .get(...paths.flatMap(({ rank, value }) => [rank, value]), number);
    return Object.values(row ?? {}).map((answer) => answer === 1);
  }

  remove(number: number, lsn: number): void {
    this.sqlite.past.replaced(this.#writeOf(lsn), number);
    this.sqlite.run(`DELETE FROM ${this.name} WHERE number = ?`, number);
  }

  /** Deletes up to `limit` items whose time is over, and says how many there were. */
  removeExpired(now: number, limit: number): number {
    const { changes } = this.sqlite
      .statement(
        `DELETE FROM ${this.name} WHERE number IN (SELECT number FROM ${this.name} WHERE expires_at <= ? LIMIT ?)`,
      )
      .run(now, limit);
    return Number(changes);
  }

  /** Gives every item the end that a changed default implies; null switches expiry off for the whole container. */
  applyDefaultTtl(defaultTtl: number | null): void {
    this.sqlite.run(
      `UPDATE ${this.name} SET expires_at = CASE
         WHEN ?1 IS NULL OR coalesce(body ->> '$.ttl', ?1) = -1 THEN NULL
         ELSE (ts + coalesce(body ->> '$.ttl', ?1)) * 1000 END`,
      defaultTtl,
    );
  }

  #found(table: Fragment, pk: string, id: string, now: number): StoredItem | undefined {
    const { text, values } = sql`SELECT number, etag, lsn, body FROM ${table}
      WHERE pk = ${pk} AND id = ${id} AND (expires_at IS NULL OR expires_at > ${now})`;
    const row = this.sqlite.statement(text).get(...values) as readonly [number, string, number, string] | undefined;
    return row && { number: row[0], etag: row[1], lsn: row[2], body: row[3] };
  }

  #writeOf(lsn: number): Write {
    return { container: this.#container, table: this.name, lsn, at: this.#at };
  }
}
