import type { ContainerDefinition } from '../model/container-definition.ts';
import { explicitPaths } from '../model/indexing-policy.ts';
import { containerRid, databaseRid } from '../model/resource-id.ts';
import { IndexedPaths } from './indexed-path.ts';
import { ItemTable } from './item-table.ts';
import type { Sqlite } from './sqlite.ts';

/** What the catalog knows of a container beside its definition. */
export interface ContainerRecord {
  readonly database: number;
  readonly number: number;
  readonly etag: string;
  /** Seconds since 1970. */
  readonly ts: number;
  readonly lsn: number;
}

/** A container with its definition, its items and the paths that its policy indexes. */
export class Container {
  readonly database: number;
  readonly number: number;
  readonly databaseRid: string;
  readonly rid: string;
  readonly etag: string;
  readonly ts: number;
  readonly definition: ContainerDefinition;
  readonly items: ItemTable;
  readonly paths: IndexedPaths;

  /** For `open` and `redefined` alone, which see to it that the parts belong together. */
  constructor(record: ContainerRecord, definition: ContainerDefinition, items: ItemTable, paths: IndexedPaths) {
    this.database = record.database;
    this.number = record.number;
    this.databaseRid = databaseRid(record.database);
    this.rid = containerRid(record.database, record.number);
    this.etag = record.etag;
    this.ts = record.ts;
    this.definition = definition;
    this.items = items;
    this.paths = paths;
  }

  /** A container whose table exists. */
  static open(sqlite: Sqlite, record: ContainerRecord, definition: ContainerDefinition): Container {
    const items = new ItemTable(sqlite, record.number, record.lsn);
    const paths = new IndexedPaths(items);
    paths.define(explicitPaths(definition.indexingPolicy));
    return new Container(record, definition, items, paths);
  }

  /** A new container; makes its table. */
  static create(sqlite: Sqlite, record: ContainerRecord, definition: ContainerDefinition): Container {
    new ItemTable(sqlite, record.number, record.lsn).create();
    return Container.open(sqlite, record, definition);
  }

  /** The same items under another definition. */
  redefined(definition: ContainerDefinition, etag: string, ts: number): Container {
    this.paths.define(explicitPaths(definition.indexingPolicy));
    if (definition.defaultTtl !== this.definition.defaultTtl) this.items.applyDefaultTtl(definition.defaultTtl ?? null);
    return new Container({ ...this, etag, ts, lsn: this.items.lsn }, definition, this.items, this.paths);
  }
}
