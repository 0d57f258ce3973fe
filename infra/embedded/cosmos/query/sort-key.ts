import type { Path } from '../model/json-path.ts';
import type { SortTerm } from './ast.ts';
import { type Fragment, joined, raw, sql } from './fragment.ts';
import { pathOperand } from './operand.ts';
import type { Source } from './source.ts';

/** A column that items are sorted by. It is never NULL. */
export interface SortKey {
  readonly column: Fragment;
  readonly descending: boolean;
}

/** What a sort key's column holds for one item. */
export type SortValue = string | number;

/**
 * The columns behind an ORDER BY, ended by the item's identity, so that no two items are equal and a page can start
 * behind the last item of the page before it, whatever was added or removed in between.
 */
export function sortKeys(terms: readonly SortTerm[], source: Source): readonly SortKey[] {
  source.sortedBy(terms.map(({ path }) => path).filter((path) => !isId(path)));
  const keys = terms.flatMap(({ path, descending }) => {
    const { rank, value, knownRank } = pathOperand(path, source);
    return (knownRank === undefined ? [rank, value] : [value]).map((column) => ({ column, descending }));
  });
  const descending = terms.at(-1)?.descending ?? false;
  const identity = source.isOnePartition ? ['id'] : ['pk', 'id'];
  const missing = identity.filter((name) => !keys.some((key) => key.column.text === name));
  return [...keys, ...missing.map((name) => ({ column: raw(name), descending }))];
}

const isId = (path: Path) => path.length === 1 && path[0] === 'id';

/** The ORDER BY clause. */
export function orderClause(keys: readonly SortKey[]): Fragment {
  return joined(
    keys.map((key) => sql`${key.column} ${raw(key.descending ? 'DESC' : 'ASC')}`),
    ', ',
  );
}

/** SQL that is true for the items that come after the one with these values. */
export function comesAfter(keys: readonly SortKey[], values: readonly SortValue[]): Fragment {
  const directions = new Set(keys.map((key) => key.descending));
  if (directions.size === 1) {
    // SQLite can enter an index at a row value.
    const columns = joined(
      keys.map((key) => key.column),
      ', ',
    );
    const bound = joined(
      values.map((value) => sql`${value}`),
      ', ',
    );
    return sql`(${columns}) ${beyond(directions.has(true))} (${bound})`;
  }
  const cases = keys.map((key, position) => {
    const equal = keys.slice(0, position).map((before, index) => sql`${before.column} = ${values[index] ?? null}`);
    return sql`(${joined([...equal, sql`${key.column} ${beyond(key.descending)} ${values[position] ?? null}`], ' AND ')})`;
  });
  return sql`(${joined(cases, ' OR ')})`;
}

const beyond = (descending: boolean) => raw(descending ? '<' : '>');
