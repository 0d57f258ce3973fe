import { badRequest } from '../errors.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { type CosmosRequest, headerOf, parsePayload } from '../http/request.ts';
import { hasCompositeIndex, isIndexed } from '../model/indexing-policy.ts';
import type { PartitionKey } from '../model/partition-key.ts';
import type { Query } from '../query/ast.ts';
import { markOf } from '../query/continuation.ts';
import { readPage } from '../query/page.ts';
import { parseQuery } from '../query/parser.ts';
import { itemsOf } from '../query/source.ts';
import { queryCharge } from '../request-charge.ts';
import type { Container } from '../storage/container.ts';
import { parseQuerySpec, type QuerySpec } from './query-spec.ts';
import type { Reading } from './reading.ts';
import { sessionHeaders } from './session.ts';

/** Page sizes: for a client that does not say, and for one that leaves it to the server (-1). */
const usualItems = 100;
const dynamicItems = 1000;

const everything: QuerySpec = { query: 'SELECT * FROM c', parameters: new Map() };

/** Answers a page of a query over a partition, or over all of them; a GET reads everything. */
export function queryItems(
  container: Container,
  database: string,
  pk: PartitionKey | undefined,
  request: CosmosRequest,
  { replicas, past }: Reading,
): Reply {
  const spec = request.method === 'GET' ? everything : parseQuerySpec(parsePayload(request.body));
  const query = parseQuery(spec.query);
  checkSorting(container, query);
  const page = readPage(container.items.sqlite, {
    query,
    source: itemsOf(container, pk, Date.now(), past),
    parameters: spec.parameters,
    maxItems: pageSize(headerOf(request, 'x-ms-max-item-count')),
    continuation: headerOf(request, 'x-ms-continuation'),
    mark: markOf(container.rid, pk ?? '', spec.query),
  });
  const count = page.results.length;
  return {
    status: 200,
    body: `{"_rid":${JSON.stringify(container.rid)},"Documents":[${page.results.join(',')}],"_count":${count}}`,
    headers: {
      ...sessionHeaders(database, container),
      'x-ms-item-count': String(count),
      'x-ms-request-charge': String(queryCharge(count, page.bytes, replicas)),
      ...(page.continuation !== undefined && { 'x-ms-continuation': page.continuation }),
    },
  };
}

/**
 * The plan by which the SDK would merge what several physical partitions answer. There is one, which sorts, cuts and
 * counts by itself, so there is nothing to merge: every query is to be sent as it is. The SDK asks for a plan with every
 * query and follows it when told to (`forceQueryPlan`, `enableQueryControl`).
 */
export function readPlan(): Reply {
  return jsonReply(200, {
    partitionedQueryExecutionInfoVersion: 2,
    queryInfo: {
      distinctType: 'None',
      orderBy: [],
      orderByExpressions: [],
      groupByExpressions: [],
      groupByAliases: [],
      aggregates: [],
      groupByAliasToAggregateType: {},
      rewrittenQuery: '',
      hasSelectValue: false,
      hasNonStreamingOrderBy: false,
    },
    queryRanges: [{ min: '', max: 'FF', isMinInclusive: true, isMaxInclusive: false }],
  });
}

/** The service sorts by its indexes only: by one path if it is indexed, by several if a composite index has just these. */
function checkSorting({ definition: { indexingPolicy } }: Container, { orderBy }: Query): void {
  const [first, ...others] = orderBy;
  if (first === undefined) return;
  if (others.length > 0) {
    if (hasCompositeIndex(indexingPolicy, orderBy)) return;
    throw badRequest('The order by query does not have a corresponding composite index that it can be served from.');
  }
  const isSystem = first.path.length === 1 && (first.path[0] === 'id' || first.path[0] === '_ts');
  if (!isSystem && !isIndexed(indexingPolicy, first.path))
    throw badRequest('The index path corresponding to the specified order-by item is excluded.');
}

function pageSize(header: string | undefined): number {
  if (header === undefined) return usualItems;
  const size = Number(header);
  if (size === -1) return dynamicItems;
  if (!Number.isInteger(size) || size < 1)
    throw badRequest(`x-ms-max-item-count is '${header}'. Use a positive number, or -1.`);
  return size;
}
