import { randomUUID } from 'node:crypto';
import { badRequest, itemExists, itemNotFound, wrongPartitionKey } from '../errors.ts';
import { indexedProperties } from '../model/indexing-policy.ts';
import { type PartitionKey, partitionKeyOf } from '../model/partition-key.ts';
import { documentRid } from '../model/resource-id.ts';
import { deleteCharge, insertCharge, readCharge, replaceCharge } from '../request-charge.ts';
import type { Container } from '../storage/container.ts';
import type { StoredItem } from '../storage/item-table.ts';
import type { PastItems } from '../storage/past.ts';
import { checkDocument, checkSize, type Document, expiryOf } from './item-rules.ts';
import { checkWrite, isKnownToReader, type Precondition } from './precondition.ts';
import type { Reading } from './reading.ts';

/** What a request, or one operation of a batch, wants done with one item. */
export interface ItemOperation extends Precondition {
  readonly type: 'Create' | 'Upsert' | 'Read' | 'Replace' | 'Delete';
  readonly partitionKey: PartitionKey;
  /** Needed where the item has to exist. */
  readonly id?: string | undefined;
  /** The document. */
  readonly body?: unknown;
}

/** What came of it. */
export interface ItemOutcome {
  readonly status: number;
  readonly charge: number;
  readonly lsn: number;
  readonly etag?: string;
  /** The item as JSON text, where there is one to show. */
  readonly body?: string;
}

/** When an operation is done, and how it reads. */
export interface Circumstances {
  readonly now: number;
  readonly reading: Reading;
}

/**
 * Does one operation. A write belongs inside a transaction of its container.
 * @throws CosmosError 400, 404, 409, 412 or 413, and then nothing was written.
 */
export function perform(container: Container, operation: ItemOperation, { now, reading }: Circumstances): ItemOutcome {
  if (operation.type === 'Read') return read(operation, existing(container, operation, now, reading.past), reading);
  try {
    return write(container, operation, operation.type, now);
  } finally {
    reading.past?.caughtUp(operation.partitionKey, container.items.lsn);
  }
}

function write(
  container: Container,
  operation: ItemOperation,
  type: Exclude<ItemOperation['type'], 'Read'>,
  now: number,
): ItemOutcome {
  switch (type) {
    case 'Create':
    case 'Upsert':
      return add(container, operation, now);
    case 'Replace': {
      const document = documentFor(container, operation, operation.body);
      const item = existing(container, operation, now);
      checkWrite(operation, item.etag);
      if (document.id !== operation.id) throw badRequest('The id of a document cannot be changed by replacing it.');
      return overwrite(container, item, document, now);
    }
    case 'Delete': {
      const item = existing(container, operation, now);
      checkWrite(operation, item.etag);
      const lsn = container.items.nextLsn();
      container.items.remove(item.number, lsn);
      return { status: 204, charge: deleteCharge(Buffer.byteLength(item.body)), lsn };
    }
  }
}

function add(container: Container, operation: ItemOperation, now: number): ItemOutcome {
  const document = documentFor(container, operation, operation.body);
  const present = container.items.find(operation.partitionKey, document.id, now);
  if (present !== undefined) {
    if (operation.type === 'Create') throw itemExists();
    checkWrite(operation, present.etag);
    return overwrite(container, present, document, now);
  }
  const number = container.items.nextLsn();
  const { state, bytes } = stateOf(container, number, document, now);
  container.items.insert(number, operation.partitionKey, document.id, state);
  const charge = insertCharge(bytes, indexedProperties(container.definition.indexingPolicy, document));
  return { status: 201, charge, lsn: number, etag: state.etag, body: state.body };
}

function read(operation: ItemOperation, { etag, lsn, body }: StoredItem, { replicas }: Reading): ItemOutcome {
  const charge = readCharge(Buffer.byteLength(body), replicas);
  return isKnownToReader(operation, etag)
    ? { status: 304, charge, lsn, etag }
    : { status: 200, charge, lsn, etag, body };
}

function overwrite(container: Container, item: StoredItem, document: Document, now: number): ItemOutcome {
  const { state, bytes } = stateOf(container, item.number, document, now);
  const lsn = container.items.nextLsn();
  container.items.update(item.number, lsn, state);
  const charge = replaceCharge(bytes, indexedProperties(container.definition.indexingPolicy, document));
  return { status: 200, charge, lsn, etag: state.etag, body: state.body };
}

function existing(
  { items }: Container,
  { partitionKey, id }: ItemOperation,
  now: number,
  past?: PastItems,
): StoredItem {
  if (id === undefined) throw badRequest('The operation needs the id of an item.');
  const item = past === undefined ? items.find(partitionKey, id, now) : items.findIn(past, partitionKey, id, now);
  if (item === undefined) throw itemNotFound();
  return item;
}

function documentFor(container: Container, { partitionKey }: ItemOperation, body: unknown): Document {
  const document = checkDocument(body);
  if (partitionKeyOf(container.definition, document) !== partitionKey) {
    throw wrongPartitionKey(
      "PartitionKey extracted from document doesn't match the one specified in the header. Learn more: https://aka.ms/CosmosDB/sql/errors/wrong-pk-value",
    );
  }
  return document;
}

/** The document with its system properties, which no client can set. */
function stateOf(container: Container, number: number, document: Document, now: number) {
  const { _rid, _self, _etag, _attachments, _ts, ...own } = document;
  const rid = documentRid(container.database, container.number, number);
  const etag = `"${randomUUID()}"`;
  const ts = Math.floor(now / 1000);
  const stored = {
    ...own,
    _rid: rid,
    _self: `dbs/${container.databaseRid}/colls/${container.rid}/docs/${rid}/`,
    _etag: etag,
    _attachments: 'attachments/',
    _ts: ts,
  };
  const body = JSON.stringify(stored);
  const bytes = Buffer.byteLength(body);
  checkSize(bytes);
  const expiresAt = expiryOf(document, container.definition.defaultTtl, now);
  return { state: { etag, ts, expiresAt, body, paths: container.paths.valuesIn(stored) }, bytes };
}
