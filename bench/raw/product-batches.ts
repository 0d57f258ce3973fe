import { randomUUID } from 'node:crypto';
import type { OperationInput } from '@azure/cosmos';
import { productIndexes } from '../../functions/catalog/product-indexes.ts';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { openDatabase } from '../../shared/persistence/cosmos/cosmos.ts';
import { provisionContainers } from '../../shared/persistence/cosmos/provision-containers.ts';

const inFlight = 8;
const container = 'bench-raw-products';
const boundary = 'main/catalog';

/** As many as a commit of an import has. */
const productsInBatch = 49;
/** With it, a document of the outbox has as much for each product as an event has. */
const event = 'x'.repeat(650);

/**
 * How many products a second the Cosmos server takes from one client in transactional batches as an import writes them: a
 * product and its SKU each, and one document like that of the outbox; indexed as the catalog is, all in one boundary, by the
 * product's own client.
 */
export async function rawProductsPerSecond(cosmos: StackFile['cosmos'], windowMs: number): Promise<number> {
  const { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, database: COSMOS_DATABASE } = cosmos;
  const database = openDatabase({ COSMOS_ENDPOINT, COSMOS_KEY, COSMOS_DATABASE });
  try {
    await provisionContainers(database, [{ name: container, indexes: productIndexes }]);
    const { items } = database.container(container);
    const start = performance.now();
    let products = 0;
    const write = async () => {
      while (performance.now() - start < windowMs) {
        const { result } = await items.batch(batchOfProducts(), boundary, { contentResponseOnWriteEnabled: false });
        if (result?.some(({ statusCode }) => statusCode >= 400)) throw new Error('a raw batch was refused');
        products += productsInBatch;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, write));
    return products / ((performance.now() - start) / 1_000);
  } finally {
    database.client.dispose();
  }
}

function batchOfProducts(): OperationInput[] {
  const create = (resourceBody: { readonly id: string; readonly kind: string; readonly [field: string]: unknown }) =>
    ({ operationType: 'Create', resourceBody: { boundary, version: 1, ...resourceBody } }) as OperationInput;
  const owed = { id: `owed:${randomUUID()}`, kind: 'owed', messages: Array(productsInBatch).fill(event) };
  const products = Array.from({ length: productsInBatch }, () => {
    const productId = randomUUID();
    return [create(productDocument(productId)), create({ id: `sku:${productId}`, kind: 'sku', productId })];
  });
  return [create({ ...owed, dueAt: new Date().toISOString() }), ...products.flat()];
}

function productDocument(productId: string) {
  return {
    id: `product:${productId}`,
    kind: 'product',
    productId,
    sku: productId,
    name: 'Product 1',
    nameKey: 'product 1',
    description: '',
    category: 'Things',
    price: 1_000,
    quantity: 1,
    status: 'active',
    createdAt: '2026-11-22T10:00:00.000Z',
  };
}
