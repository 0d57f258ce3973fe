import { Item, Items, type OperationInput, type SqlQuerySpec } from '@azure/cosmos';
import type { Charges } from './charges.ts';
import { isStrong } from './strong-reads.ts';

/**
 * Makes the SDK's own classes add up what the server charges, by kind of document. The SDK tells a charge for each
 * operation of a batch, which a proxy would have to parse out of every body; and the product stays as it is.
 */
export function meterCosmos(charges: Charges): void {
  meterBatches(charges);
  meterQueries(charges);
  const { read } = Item.prototype;
  Item.prototype.read = async function (this: Item, options) {
    const response = await read.call(this, options);
    charges.add({
      container: this.container.id,
      operation: 'read',
      kind: kindIn(this.id),
      units: response.requestCharge,
      isStrongRead: await isStrong(this.container, options?.consistencyLevel),
      requests: 1,
    });
    return response;
  } as typeof read;
}

function meterBatches(charges: Charges): void {
  const { batch, bulk } = Items.prototype;
  Items.prototype.batch = async function (this: Items, operations, ...rest) {
    const response = await batch.call(this, operations, ...rest);
    await addEach(charges, this, operations, response.result ?? []);
    return response;
  };
  Items.prototype.bulk = async function (this: Items, operations, ...rest) {
    const results = await bulk.call(this, operations, ...rest);
    await addEach(charges, this, operations, results);
    return results;
  };
}

function meterQueries(charges: Charges): void {
  const { query } = Items.prototype;
  Items.prototype.query = function (this: Items, ...question: Parameters<typeof query>) {
    const iterator = query.apply(this, question);
    const fetchAll = iterator.fetchAll.bind(iterator);
    iterator.fetchAll = async () => {
      const response = await fetchAll();
      charges.add({
        container: this.container.id,
        operation: 'query',
        kind: whatIsAsked(question[0]),
        units: response.requestCharge,
        isStrongRead: await isStrong(this.container, question[1]?.consistencyLevel),
        requests: 1,
      });
      return response;
    };
    return iterator;
  };
}

async function addEach(
  charges: Charges,
  { container }: Items,
  operations: readonly OperationInput[],
  results: readonly { readonly requestCharge?: number }[],
): Promise<void> {
  const readsAreStrong = await isStrong(container);
  for (const [index, operation] of operations.entries()) {
    charges.add({
      container: container.id,
      operation: operation.operationType.toLowerCase(),
      kind: kindIn(idOf(operation)),
      units: results[index]?.requestCharge,
      isStrongRead: readsAreStrong && operation.operationType === 'Read',
      requests: 1 / operations.length,
    });
  }
}

function idOf(operation: OperationInput): string {
  if ('id' in operation && operation.id !== undefined) return operation.id;
  return 'resourceBody' in operation && 'id' in operation.resourceBody ? String(operation.resourceBody.id) : '';
}

/** A document's id begins with its kind. */
function kindIn(id: string): string {
  return id.split(':')[0] ?? '';
}

/** Documents are asked for by their ids, by their kind, or because they are due. */
function whatIsAsked(query: string | SqlQuerySpec): string {
  const { query: text, parameters = [] } = typeof query === 'string' ? { query } : query;
  if (text.includes('c.dueAt')) return 'what is due';
  const given = (wanted: string) => parameters.find(({ name }) => name === wanted)?.value;
  const [ids, kind] = [given('@ids'), given('@kind')];
  if (!Array.isArray(ids)) return String(kind);
  return [...new Set(ids.map((id) => kindIn(String(id))))].sort().join('+');
}
