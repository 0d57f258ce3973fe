import type { Address } from './address.ts';
import { type CosmosRequest, headerOf, isSet } from './request.ts';

/** What can be done with the documents of a container: each operation in words, and in the parentheses how it is asked for. */
export const documentOperations = {
  Create: 'adds an item (POST)',
  Upsert: 'adds an item or replaces the one that is there (POST, `x-ms-documentdb-is-upsert`)',
  Read: 'reads an item by id and partition key (GET)',
  Replace: 'replaces an item (PUT)',
  Delete: 'deletes an item (DELETE)',
  Query: 'a page of a query, in a partition or across (POST, `application/query+json`)',
  ReadFeed: 'a page of all items (GET)',
  QueryPlan:
    'the plan by which the SDK merges partitions: nothing to merge (POST, `x-ms-cosmos-is-query-plan-request`)',
  Batch: 'a transactional batch, in one partition (POST, `x-ms-cosmos-batch-atomic`)',
  Bulk: 'operations on any partitions, each by itself (POST, `x-ms-cosmos-is-batch-request`)',
};

/** What a request wants of the documents of a container. */
export type DocumentOperation = keyof typeof documentOperations;

const onItem: Readonly<Record<string, DocumentOperation>> = {
  GET: 'Read',
  PUT: 'Replace',
  DELETE: 'Delete',
};

/** The operation that a request asks for; undefined when it is none on documents, or its method does not fit. */
export function documentOperationOf(address: Address, request: CosmosRequest): DocumentOperation | undefined {
  if (address.kind === 'item') return onItem[request.method];
  if (address.kind !== 'items') return undefined;
  if (request.method === 'GET') return 'ReadFeed';
  if (request.method !== 'POST') return undefined;
  if (isSet(request, 'x-ms-cosmos-is-batch-request'))
    return isSet(request, 'x-ms-cosmos-batch-atomic') ? 'Batch' : 'Bulk';
  if (isSet(request, 'x-ms-cosmos-is-query-plan-request')) return 'QueryPlan';
  if (isQuery(request)) return 'Query';
  return isSet(request, 'x-ms-documentdb-is-upsert') ? 'Upsert' : 'Create';
}

/** Whether a POST carries a query rather than a new resource. */
export function isQuery(request: CosmosRequest): boolean {
  const isQueryType = headerOf(request, 'content-type')?.startsWith('application/query+json') ?? false;
  return isQueryType || isSet(request, 'x-ms-documentdb-isquery') || isSet(request, 'x-ms-documentdb-query');
}
