import { randomUUID } from 'node:crypto';
import type { ContainerDefinition } from '../model/container-definition.ts';
import { databaseRid } from '../model/resource-id.ts';
import { Container } from './container.ts';
import type { Sqlite } from './sqlite.ts';

/** A database of the account. */
export interface Database {
  readonly number: number;
  readonly id: string;
  readonly rid: string;
  readonly etag: string;
  /** Seconds since 1970. */
  readonly ts: number;
  readonly containers: Map<string, Container>;
}

/** Every database and container there is: kept in memory, because every request asks, and written through to SQLite. */
export class Catalog {
  readonly databases = new Map<string, Database>();
  readonly #sqlite: Sqlite;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    const byNumber = new Map<number, Database>();
    for (const row of sqlite.statement('SELECT number, id, etag, ts FROM databases').all()) {
      const database = databaseOf(...(row as unknown as readonly [number, string, string, number]));
      byNumber.set(database.number, database);
      this.databases.set(database.id, database);
    }
    for (const row of sqlite
      .statement('SELECT database, number, id, etag, ts, definition, lsn FROM containers')
      .all()) {
      const [owner, number, id, etag, ts, definition, lsn] = row as unknown as ContainerRow;
      byNumber
        .get(owner)
        ?.containers.set(
          id,
          Container.open(sqlite, { database: owner, number, etag, ts, lsn }, JSON.parse(definition)),
        );
    }
  }

  createDatabase(id: string): Database {
    const [etag, ts] = freshMarks();
    const number = this.#insert('INSERT INTO databases (id, etag, ts) VALUES (?, ?, ?) RETURNING number', id, etag, ts);
    const database = databaseOf(number, id, etag, ts);
    this.databases.set(id, database);
    return database;
  }

  deleteDatabase(database: Database): void {
    this.#sqlite.transaction(() => {
      for (const container of database.containers.values()) this.#eraseContainer(container);
      this.#sqlite.run('DELETE FROM databases WHERE number = ?', database.number);
    });
    this.databases.delete(database.id);
  }

  createContainer(database: Database, definition: ContainerDefinition): Container {
    const [etag, ts] = freshMarks();
    const container = this.#sqlite.transaction(() => {
      const number = this.#insert(
        'INSERT INTO containers (database, id, etag, ts, definition) VALUES (?, ?, ?, ?, ?) RETURNING number',
        ...[database.number, definition.id, etag, ts, JSON.stringify(definition)],
      );
      return Container.create(this.#sqlite, { database: database.number, number, etag, ts, lsn: 0 }, definition);
    });
    database.containers.set(definition.id, container);
    return container;
  }

  replaceContainer(database: Database, container: Container, definition: ContainerDefinition): Container {
    const [etag, ts] = freshMarks();
    const replaced = this.#sqlite.transaction(() => {
      this.#sqlite.run(
        'UPDATE containers SET etag = ?, ts = ?, definition = ? WHERE number = ?',
        ...[etag, ts, JSON.stringify(definition), container.number],
      );
      return container.redefined(definition, etag, ts);
    });
    database.containers.set(definition.id, replaced);
    return replaced;
  }

  deleteContainer(database: Database, container: Container): void {
    this.#sqlite.transaction(() => this.#eraseContainer(container));
    database.containers.delete(container.definition.id);
  }

  #eraseContainer(container: Container): void {
    container.items.drop();
    this.#sqlite.run('DELETE FROM containers WHERE number = ?', container.number);
  }

  #insert(text: string, ...values: (string | number)[]): number {
    const [number] = this.#sqlite.statement(text).get(...values) as unknown as readonly [number];
    return number;
  }
}

type ContainerRow = readonly [
  database: number,
  number: number,
  id: string,
  etag: string,
  ts: number,
  definition: string,
  lsn: number,
];

function databaseOf(number: number, id: string, etag: string, ts: number): Database {
  return { number, id, etag, ts, rid: databaseRid(number), containers: new Map() };
}

const freshMarks = () => [`"${randomUUID()}"`, Math.floor(Date.now() / 1000)] as const;
