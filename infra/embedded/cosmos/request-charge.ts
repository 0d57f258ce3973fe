/**
 * What requests cost, modelled on the published prices, so that RU per use case can be watched and compared locally.
 * The service's own figures vary with data and load; these keep their proportions.
 *
 * - Point read: 1 RU for 1 KB, 10 RU for 100 KB.
 * - Insert: about 5.5 RU for 1 KB with few indexed properties, more with size and with each indexed property.
 * - Replace: about twice an insert. Delete: like an insert.
 * - Query: from about 2.8 RU, more with what it returns.
 * - A read or query at Strong or Bounded staleness asks two replicas, and costs twice that. A write costs the same at any level.
 *
 * @see https://learn.microsoft.com/azure/cosmos-db/optimize-cost-reads-writes
 * @see https://learn.microsoft.com/azure/cosmos-db/request-units
 * @see https://learn.microsoft.com/azure/cosmos-db/consistency-levels#consistency-levels-and-throughput
 */

const kilobytes = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));

const rounded = (charge: number) => Math.round(charge * 100) / 100;

/** A read by id and partition key. */
export function readCharge(bytes: number, replicas: number): number {
  return rounded(replicas * (1 + (kilobytes(bytes) - 1) * (9 / 99)));
}

/** A new item. */
export function insertCharge(bytes: number, indexedProperties: number): number {
  return rounded(5 + (kilobytes(bytes) - 1) * 0.5 + indexedProperties * 0.1);
}

/** A new state of an item that is there. */
export function replaceCharge(bytes: number, indexedProperties: number): number {
  return rounded(2 * insertCharge(bytes, indexedProperties));
}

/** The end of an item: its index terms go with it, of which about five are assumed. */
export function deleteCharge(bytes: number): number {
  return insertCharge(bytes, 5);
}

/** A page of a query. */
export function queryCharge(items: number, bytes: number, replicas: number): number {
  return rounded(replicas * (2.8 + items * 0.05 + (kilobytes(bytes) - 1) * 0.1));
}

/** Databases, containers and the account. */
export const metadataCharge = 2;
