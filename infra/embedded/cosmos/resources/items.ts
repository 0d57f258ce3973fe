import { CosmosError, methodNotAllowed, unsupported, wrongPartitionKey } from '../errors.ts';
import type { Address } from '../http/address.ts';
import { documentOperationOf } from '../http/document-operation.ts';
import type { Reply } from '../http/reply.ts';
import { type CosmosRequest, headerOf, isSet, parsePayload } from '../http/request.ts';
import { type PartitionKey, parsePartitionKey } from '../model/partition-key.ts';
import type { Container } from '../storage/container.ts';
import { runBatch } from './batch.ts';
import { type ItemOperation, type ItemOutcome, perform } from './item-operation.ts';
import { onlyRange } from './partition-key-ranges.ts';
import { queryItems, readPlan } from './query-items.ts';
import type { Reading } from './reading.ts';
import { sessionHeaders } from './session.ts';

/** Where a request on documents goes. */
export type ItemsAddress = Extract<Address, { kind: 'items' | 'item' }>;

/** Everything under `/dbs/{database}/colls/{container}/docs`. */
export function itemsRequest(
  container: Container,
  address: ItemsAddress,
  request: CosmosRequest,
  reading: Reading,
): Reply {
  refuseWhatIsMissing(request);
  if (request.method === 'PATCH') throw unsupported('Partial update (patch)');
  const operation = documentOperationOf(address, request);
  switch (operation) {
    case undefined:
      throw methodNotAllowed(request.method);
    case 'QueryPlan':
      return readPlan();
    case 'Query':
    case 'ReadFeed':
      return queryItems(container, address.database, partitionKeyIn(request), request, reading);
    case 'Batch':
    case 'Bulk':
      return batch(container, address.database, request, reading);
    default:
      return single(container, address, operation, request, reading);
  }
}

function single(
  container: Container,
  address: ItemsAddress,
  type: ItemOperation['type'],
  request: CosmosRequest,
  reading: Reading,
): Reply {
  const partitionKey = partitionKeyIn(request);
  if (partitionKey === undefined) throw wrongPartitionKey('PartitionKey value must be supplied for this operation.');
  const operation: ItemOperation = {
    type,
    partitionKey,
    id: address.kind === 'item' ? address.id : undefined,
    body: type === 'Read' || type === 'Delete' ? undefined : parsePayload(request.body),
    ifMatch: headerOf(request, 'if-match'),
    ifNoneMatch: headerOf(request, 'if-none-match'),
  };
  const now = Date.now();
  const run = () => perform(container, operation, { now, reading });
  const outcome = type === 'Read' ? run() : container.items.write(run);
  return replyTo(outcome, sessionHeaders(address.database, container, outcome.lsn));
}

function replyTo({ status, charge, etag, body }: ItemOutcome, session: Record<string, string>): Reply {
  return {
    status,
    headers: { ...session, 'x-ms-request-charge': String(charge), ...(etag !== undefined && { etag }) },
    ...(body !== undefined && { body }),
  };
}

function batch(container: Container, database: string, request: CosmosRequest, reading: Reading): Reply {
  const mode = {
    atomic: isSet(request, 'x-ms-cosmos-batch-atomic'),
    continueOnError: isSet(request, 'x-ms-cosmos-batch-continue-on-error'),
    partitionKey: partitionKeyIn(request),
    minimal: headerOf(request, 'prefer') === 'return=minimal',
    refused: request.refused,
    reading,
  };
  const { status, results, charge } = runBatch(container, request.body, mode, Date.now());
  return {
    status,
    body: results,
    headers: { ...sessionHeaders(database, container), 'x-ms-request-charge': String(charge) },
  };
}

function partitionKeyIn(request: CosmosRequest): PartitionKey | undefined {
  const header = headerOf(request, 'x-ms-documentdb-partitionkey');
  return header === undefined ? undefined : parsePartitionKey(header);
}

function refuseWhatIsMissing(request: CosmosRequest): void {
  if (headerOf(request, 'a-im') !== undefined) throw unsupported('The change feed');
  const hasTrigger =
    headerOf(request, 'x-ms-documentdb-pre-trigger-include') ??
    headerOf(request, 'x-ms-documentdb-post-trigger-include');
  if (hasTrigger !== undefined) throw unsupported('Triggers');
  const range = headerOf(request, 'x-ms-documentdb-partitionkeyrangeid');
  if (range !== undefined && range.split(',').at(-1) !== onlyRange) {
    throw new CosmosError(410, `There is no partition key range ${range}.`, { substatus: 1002 });
  }
}
