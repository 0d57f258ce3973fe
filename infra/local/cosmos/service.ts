import type { Catalog } from './storage/catalog.ts';
import type { Sqlite } from './storage/sqlite.ts';

/** What requests are answered from. */
export interface Service {
  readonly sqlite: Sqlite;
  readonly catalog: Catalog;
  /** The address under which clients reach the server. */
  readonly endpoint: string;
}
