import { badRequest } from '../errors.ts';
import { mostAnswerBytes } from '../limits.ts';
import type { Sqlite } from '../storage/sqlite.ts';
import { aggregateStatement } from './aggregate.ts';
import type { Expression } from './ast.ts';
import { decodeContinuation, encodeContinuation } from './continuation.ts';
import { constantOf } from './operand.ts';
import { type Output, outputOf } from './output.ts';
import { type BoundQuery, conditionOf, pageStatement } from './page-statement.ts';
import { type SortValue, sortKeys } from './sort-key.ts';
import type { QueryParameters } from './source.ts';

/** A question for one page of a query's results. */
export interface PageRequest extends BoundQuery {
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
  const { text, values } = aggregateStatement(selection.aggregate, request.source, conditionOf(request));
  const row = sqlite.statement(text).get(...values) as readonly [string | null] | undefined;
  const json = row?.[0] ?? undefined;
  return { results: json === undefined ? [] : [json], bytes: 0, continuation: undefined };
}

function readItems(sqlite: Sqlite, request: PageRequest, output: Output): Page {
  const keys = sortKeys(request.query.orderBy, request.source);
  const { after, allowed } = startOf(request, keys.length);
  const size = Math.min(request.maxItems, allowed ?? request.maxItems);
  // One item more than the page holds tells whether there is another page.
  const { text, values } = pageStatement(request, keys, output, { size: size + 1, after });

  const results: string[] = [];
  let bytes = 0;
  let last: readonly SortValue[] | undefined;
  let hasMore = false;
  for (const row of sqlite.statement(text).iterate(...values)) {
    const columns = row as unknown as readonly (SortValue | null)[];
    const json = output.toJson(columns.slice(keys.length) as readonly (string | null)[]);
    const length = Buffer.byteLength(json);
    hasMore = results.length === size || (results.length > 0 && bytes + length > mostAnswerBytes);
    if (hasMore) break;
    results.push(json);
    bytes += length;
    last = columns.slice(0, keys.length) as readonly SortValue[];
  }
  const left = allowed === undefined ? undefined : allowed - results.length;
  if (!hasMore || last === undefined || left === 0) return { results, bytes, continuation: undefined };
  return { results, bytes, continuation: encodeContinuation(request.mark, { after: last, left }) };
}

/** Where a page starts, and how many items TOP allows from there. */
function startOf({ query, parameters, continuation, mark }: PageRequest, sortKeys: number) {
  if (continuation !== undefined) {
    const { after, left } = decodeContinuation(continuation, mark, sortKeys);
    return { after, allowed: left };
  }
  return { after: undefined, allowed: countOf(query.limit, parameters) };
}

function countOf(expression: Expression | undefined, parameters: QueryParameters): number | undefined {
  if (expression === undefined) return undefined;
  const count = constantOf(expression, parameters);
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
    throw badRequest('TOP asks for a whole number that is not negative.');
  }
  return count;
}
