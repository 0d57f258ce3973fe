import type { DatabaseSync } from 'node:sqlite';

/** "COSM": tells this server's files from any other SQLite database (https://sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x434f534d;

/** Raise when a table changes its form, and migrate here. */
const formatVersion = 2;

/** In this form the columns of indexed paths were virtual. Where a container is opened they are made anew. */
const formerVersion = 1;

const catalogTables = `
  CREATE TABLE databases (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,
    etag   TEXT NOT NULL,
    ts     INTEGER NOT NULL
  );
  CREATE TABLE containers (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    database   INTEGER NOT NULL,
    id         TEXT NOT NULL,
    etag       TEXT NOT NULL,
    ts         INTEGER NOT NULL,
    definition TEXT NOT NULL,
    lsn        INTEGER NOT NULL DEFAULT 0,
    UNIQUE (database, id)
  );`;

/**
 * Makes the tables of a new file, or checks that an old one is of a form this code knows.
 *
 * @throws Error when the file is damaged, is another program's, or comes from a newer version.
 */
export function prepareSchema(database: DatabaseSync): void {
  const read = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (isEmpty) {
    database.exec(
      `BEGIN; ${catalogTables} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}; COMMIT;`,
    );
    return;
  }
  if (read('application_id') !== applicationId) throw new Error('it belongs to another program');
  if (read('user_version') === formerVersion) database.exec(`PRAGMA user_version = ${formatVersion}`);
  const version = read('user_version');
  if (version !== formatVersion) {
    throw new Error(`its format is version ${version}, and this program knows version ${formatVersion}`);
  }
}

/** Statements that make the table of a container's items. */
export function itemTableDefinition(table: string): string {
  // (pk, id) is the identity of an item and the order in which a partition is read. expires_at is in milliseconds.
  return `
    CREATE TABLE ${table} (
      number     INTEGER PRIMARY KEY,
      pk         TEXT NOT NULL,
      id         TEXT NOT NULL,
      etag       TEXT NOT NULL,
      ts         INTEGER NOT NULL,
      expires_at INTEGER,
      lsn        INTEGER NOT NULL,
      body       TEXT NOT NULL,
      UNIQUE (pk, id)
    );
    CREATE INDEX ${table}_expires_at ON ${table} (expires_at) WHERE expires_at IS NOT NULL;`;
}
