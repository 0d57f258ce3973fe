import type { Json } from '../json.ts';
import type { Path } from '../model/json-path.ts';
import type { PartitionKey } from '../model/partition-key.ts';
import type { Container } from '../storage/container.ts';
import type { PathColumns } from '../storage/item-table.ts';
import type { PastItems } from '../storage/past.ts';
import { type Fragment, raw, sql } from './fragment.ts';

/** What a query runs over: rows with the columns pk, id, ts and body. */
export interface Source {
  readonly table: Fragment;
  /** What every row has to fulfil before the query's own condition. */
  readonly scope: Fragment;
  /** Whether all rows are of one partition, so that pk says nothing about their order. */
  readonly isOnePartition: boolean;
  /** Columns that hold a path, with an index behind them. */
  columns(path: Path): PathColumns | undefined;
  /** Told of the paths that a query sorts by, before the id, so that an index can serve it. */
  sortedBy(paths: readonly Path[]): void;
}

/** The visible items of a container, or of one of its partitions. */
export function itemsOf(
  container: Container,
  pk: PartitionKey | undefined,
  now: number,
  past: PastItems | undefined,
): Source {
  const reach = pk === undefined ? 'container' : 'partition';
  const visible =
    container.definition.defaultTtl === undefined ? raw('TRUE') : sql`(expires_at IS NULL OR expires_at > ${now})`;
  return {
    table: past?.table ?? raw(container.items.name),
    scope: pk === undefined ? visible : sql`pk = ${pk} AND ${visible}`,
    isOnePartition: pk !== undefined,
    columns(path) {
      // The past is kept without indexes.
      if (past !== undefined) return undefined;
      const columns = container.paths.find(path);
      if (columns !== undefined) container.paths.ensureIndex([columns], reach);
      return columns;
    },
    sortedBy(paths) {
      const columns = paths.map((path) => container.paths.find(path)).filter((found) => found !== undefined);
      if (columns.length > 1 && columns.length === paths.length) container.paths.ensureIndex(columns, reach);
    },
  };
}

/** The values of a query's parameters by name. */
export type QueryParameters = ReadonlyMap<string, Json | undefined>;
