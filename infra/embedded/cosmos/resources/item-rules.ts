import { badRequest, tooLarge } from '../errors.ts';
import { isDeeperThan, isJsonObject, type JsonObject } from '../json.ts';

/** Limits of an item (https://learn.microsoft.com/azure/cosmos-db/concepts-limits#per-item-limits). */
const mostBytes = 2 * 1024 * 1024;
const longestId = 1023;
const deepestLevel = 128;

/** A document that may be stored. */
export interface Document extends JsonObject {
  readonly id: string;
}

/**
 * Checks what a client wants to store.
 * @throws CosmosError 400 that says which rule is broken.
 */
export function checkDocument(body: unknown): Document {
  if (!isJsonObject(body)) throw badRequest('The input content is invalid because it is not a JSON object.');
  const { id, ttl } = body;
  if (typeof id !== 'string' || id === '') {
    throw badRequest("The input content is invalid because the required properties - 'id; ' - are missing");
  }
  if (/[/\\?#]/.test(id)) throw badRequest(`Id contains illegal chars: '${id}' has one of / \\ ? #.`);
  if (id.length > longestId) throw badRequest(`Id is longer than ${longestId} characters.`);
  if (isDeeperThan(deepestLevel, body)) throw badRequest(`The document nests deeper than ${deepestLevel} levels.`);
  const isTtl = ttl === undefined || ttl === null || ttl === -1 || (Number.isInteger(ttl) && Number(ttl) > 0);
  if (!isTtl) throw badRequest(`The input ttl '${ttl}' is invalid. Use a positive number of seconds, or -1 for never.`);
  return body as Document;
}

/** @throws CosmosError 413 when a document takes more than 2 MB. */
export function checkSize(bytes: number): void {
  if (bytes > mostBytes) throw tooLarge();
}

/** When an item's time is over, in milliseconds since 1970, or null for never. Without a default nothing ever expires. */
export function expiryOf(document: Document, defaultTtl: number | undefined, now: number): number | null {
  if (defaultTtl === undefined) return null;
  const seconds = typeof document.ttl === 'number' ? document.ttl : defaultTtl;
  return seconds === -1 ? null : now + seconds * 1000;
}
