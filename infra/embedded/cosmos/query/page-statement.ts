import type { Query } from './ast.ts';
import { type Fragment, joined, raw, sql } from './fragment.ts';
import { pathOperand } from './operand.ts';
import type { Output } from './output.ts';
import { holds } from './predicate.ts';
import { comesAfter, orderClause, type SortKey, type SortValue } from './sort-key.ts';
import type { QueryParameters, Source } from './source.ts';

/** A query over a source, with everything that its text leaves open. */
export interface BoundQuery {
  readonly query: Query;
  readonly source: Source;
  readonly parameters: QueryParameters;
}

/** Which part of the results to read. */
export interface Cut {
  readonly size: number;
  /** The sort values of the item behind which to start. */
  readonly after: readonly SortValue[] | undefined;
}

/** The SELECT for a part of a query's results: the sort keys of each item, then what the output asks for. */
export function pageStatement(bound: BoundQuery, keys: readonly SortKey[], output: Output, cut: Cut): Fragment {
  const { source } = bound;
  const columns = joined([...keys.map((key) => key.column), ...output.columns], ', ');
  const conditions = [source.scope, conditionOf(bound)];
  if (output.required !== undefined) conditions.push(sql`${pathOperand(output.required, source).rank} <> 0`);
  if (cut.after !== undefined) conditions.push(comesAfter(keys, cut.after));
  return sql`SELECT ${columns} FROM ${source.table} WHERE ${joined(conditions, ' AND ')}
    ORDER BY ${orderClause(keys)} LIMIT ${cut.size}`;
}

/** SQL for the WHERE of a query. */
export function conditionOf({ query, source, parameters }: BoundQuery): Fragment {
  return query.where === undefined ? raw('TRUE') : holds(query.where, true, { source, parameters });
}
