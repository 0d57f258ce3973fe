import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Past } from './past.ts';
import { prepareSchema } from './schema.ts';

const statementsKept = 500;

/** 256 MB: more is in the log only where the disk does not keep up. */
const mostLogPages = 65_536;

/** One SQLite file: prepared statements, kept for reuse, and transactions. */
export class Sqlite {
  /** `:memory:` where it is none. */
  readonly file: string;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** What its items were before, while somebody is answered from the past. */
  readonly past: Past;

  constructor(file: string, database: DatabaseSync) {
    this.file = file;
    this.#database = database;
    this.past = new Past(this);
  }

  /** A statement whose rows come as arrays, prepared once per text. */
  statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text);
    statement.setReturnArrays(true);
    // Query texts come from clients, so the number of statements has to have an end: the oldest goes.
    const oldest = this.#statements.size >= statementsKept ? this.#statements.keys().next().value : undefined;
    if (oldest !== undefined) this.#statements.delete(oldest);
    this.#statements.set(text, statement);
    return statement;
  }

  /** Runs a statement that changes something. */
  run(text: string, ...values: SQLInputValue[]): void {
    this.statement(text).run(...values);
  }

  /** Runs statements that define tables and indexes. */
  define(text: string): void {
    this.#database.exec(text);
  }

  /** Everything `work` writes becomes visible and durable together when it returns, or not at all when it throws. */
  transaction<T>(work: () => T): T {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  /** As a transaction, or as a part of the one under way. */
  together(work: () => void): void {
    if (this.#database.isTransaction) work();
    else this.transaction(work);
  }

  /** Writes what is in the log into the file, and cuts the log down to nothing (https://sqlite.org/pragma.html#pragma_wal_checkpoint). */
  emptyLog(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /**
   * Writes what is in the log into the file, and has the next write begin the log anew
   * (https://sqlite.org/pragma.html#pragma_wal_checkpoint). Quicker than `emptyLog`, which shortens a file that grows again.
   */
  restartLog(): void {
    this.#database.exec('PRAGMA wal_checkpoint(RESTART)');
  }

  /** How many rows this process has inserted, changed and deleted (https://sqlite.org/lang_corefunc.html#total_changes). */
  get changes(): number {
    return this.#number('SELECT total_changes()');
  }

  /** How large the file is without its log. */
  get bytes(): number {
    return this.#number('PRAGMA page_count') * this.#number('PRAGMA page_size');
  }

  /** Writes the file anew, with what there is and nothing of what there was (https://sqlite.org/lang_vacuum.html). */
  rewrite(): void {
    this.#database.exec('VACUUM');
    this.emptyLog();
  }

  #number(question: string): number {
    return Number(this.statement(question).get()?.[0]);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}

/**
 * Opens the file, or creates it with its folder.
 *
 * WAL with synchronous=NORMAL: a commit is in the operating system when it returns, so it outlives the process but not
 * the power (https://sqlite.org/wal.html). What is deleted is overwritten with zeros: somebody who was erased is not to be read
 * in the file (https://sqlite.org/pragma.html#pragma_secure_delete); of what has moved, see `startForgetting`, which sees to the log, too:
 * by itself it is carried over only where it has grown far beyond what is large there.
 *
 * @throws Error when the file is no database, or not one of this program.
 */
export function openSqlite(file: string): Sqlite {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    database.exec(`
      PRAGMA busy_timeout = 2000; PRAGMA secure_delete = ON;
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${mostLogPages};`);
    prepareSchema(database);
    return new Sqlite(file, database);
  } catch (error) {
    database.close();
    throw error;
  }
}
