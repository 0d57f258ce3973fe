import { badRequest } from '../errors.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { aggregateStatement } from './aggregate.ts';
import type { Expression, Query } from './ast.ts';
import { decodeContinuation, encodeContinuation } from './continuation.ts';
import { type Fragment, joined, raw, sql } from './fragment.ts';
import { constantOf, pathOperand } from './operand.ts';
import { type Output, outputOf } from './output.ts';
import { holds } from './predicate.ts';
import { comesAfter, orderClause, type SortKey, type SortValue, sortKeys } from './sort-key.ts';
import type { Parameters, Source } from './source.ts';

/** The service's limit for one answer (https://learn.microsoft.com/azure/cosmos-db/concepts-limits#per-request-limits). */
const mostBytes = 4 * 1024 * 1024;

/** A question for one page of a query's results. */
export interface PageRequest {
  readonly query: Query;
  readonly source: Source;
  readonly parameters: Parameters;
  readonly maxItems: number;
  /** The token that the page before gave. */
  readonly continuation: string | undefined;
  /** What continuation tokens of this query over this source carry, see `markOf`. */
  readonly mark: string;
}

/** One page: each result as JSON text. */
export interface Page {
  readonly results: readonly string[];
  readonly bytes: number;
  /** Undefined when there is nothing more. */
  readonly continuation: string | undefined;
}

/** Answers a page of a query. */
export function readPage(sqlite: Sqlite, request: PageRequest): Page {
  const { selection } = request.query;
  if (selection.kind !== 'aggregate') return readItems(sqlite, request, outputOf(selection));
  const { text, values } = aggregateStatement(selection, request.source, conditionOf(request));
  const row = sqlite.statement(text).get(...values) as readonly [string | null, number] | undefined;
  const json = row?.[0] ?? undefined;
  return { results: json === undefined ? [] : [json], bytes: 0, continuation: undefined };
}

function readItems(sqlite: Sqlite, request: PageRequest, output: Output): Page {
  const { query, source, parameters, mark } = request;
  const keys = sortKeys(query.orderBy, source);
  const start =
    request.continuation === undefined ? undefined : decodeContinuation(request.continuation, mark, keys.length);
  const allowed = start === undefined ? countOf(query.limit, parameters) : start.left;
  const skipped = start === undefined ? (countOf(query.offset, parameters) ?? 0) : 0;
  const size = Math.min(request.maxItems, allowed ?? request.maxItems);
  const after = start === undefined ? raw('TRUE') : comesAfter(keys, start.after);
  // One item more than the page holds tells whether there is another page.
  const { text, values } = sql`${itemsStatement(request, output, keys, after)} LIMIT ${size + 1} OFFSET ${skipped}`;

  const results: string[] = [];
  let bytes = 0;
  let last: readonly SortValue[] | undefined;
  let hasMore = false;
  for (const row of sqlite.statement(text).iterate(...values)) {
    const columns = row as unknown as readonly (SortValue | null)[];
    const json = output.toJson(columns.slice(keys.length) as readonly (string | null)[]);
    const length = Buffer.byteLength(json);
    hasMore = results.length === size || (results.length > 0 && bytes + length > mostBytes);
    if (hasMore) break;
    results.push(json);
    bytes += length;
    last = columns.slice(0, keys.length) as readonly SortValue[];
  }
  const left = allowed === undefined ? undefined : allowed - results.length;
  const continuation =
    hasMore && last !== undefined && left !== 0 ? encodeContinuation(mark, { after: last, left }) : undefined;
  return { results, bytes, continuation };
}

/** The SELECT for what comes after a position, in order. */
function itemsStatement(request: PageRequest, output: Output, keys: readonly SortKey[], after: Fragment): Fragment {
  const { source } = request;
  const columns = joined([...keys.map((key) => key.column), ...output.columns], ', ');
  const present = output.required === undefined ? raw('TRUE') : sql`${pathOperand(output.required, source).rank} <> 0`;
  const condition = sql`${source.scope} AND ${conditionOf(request)} AND ${present}`;
  return sql`SELECT ${columns} FROM ${source.from} WHERE ${condition} AND ${after} ORDER BY ${orderClause(keys)}`;
}

function conditionOf({ query, source, parameters }: PageRequest): Fragment {
  return query.where === undefined ? raw('TRUE') : holds(query.where, true, { source, parameters });
}

function countOf(expression: Expression | undefined, parameters: Parameters): number | undefined {
  if (expression === undefined) return undefined;
  const count = constantOf(expression, parameters);
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
    throw badRequest('TOP, OFFSET and LIMIT ask for a whole number that is not negative.');
  }
  return count;
}
