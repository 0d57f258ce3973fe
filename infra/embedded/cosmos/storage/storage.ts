import { Catalog } from './catalog.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

/** An open data file, and what is in it. */
export interface Storage {
  readonly sqlite: Sqlite;
  readonly catalog: Catalog;
}

/**
 * Opens a data file, or makes a new one.
 * @throws Error one line that names the file and says what to do, when it cannot be used.
 */
export function openStorage(file: string): Storage {
  let sqlite: Sqlite | undefined;
  try {
    sqlite = openSqlite(file);
    return { sqlite, catalog: new Catalog(sqlite) };
  } catch (error) {
    sqlite?.close();
    const reason = error instanceof Error ? error.message : String(error);
    const advice = 'Restore it from a backup, or move it away to start empty';
    throw new Error(`Cosmos data file ${file} cannot be opened: ${reason}. ${advice}.`, { cause: error });
  }
}
