import { expect } from 'vitest';
import type { Product, Shop, Stock } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import type { TestStack } from '../rigs/stack/start-stack.ts';

/** Exactly the products of `productFile` are there, each was told of once, and each has the stock that it starts with. */
export async function expectImportedOnce(
  stack: TestStack,
  shop: Shop,
  count: number,
  withinMs = 20_000,
): Promise<void> {
  const skus = Array.from({ length: count }, (_, n) => `P-${n + 1}`).sort();
  const products = await shop.all<Product>('/api/v1/products');
  expect(products.map(({ sku }) => sku).sort()).toEqual(skus);
  await stack.settled(withinMs);
  await using bus = await stack.observe('catalog-events');
  await bus.caughtUp();
  // Told twice with one id is told once: whoever listens knows it again by its id.
  const told = new Map(bus.events('product.created').map(({ envelope }) => [envelope.id, envelope.subject]));
  expect([...told.values()].sort()).toEqual(products.map(({ id }) => `product/${id}`).sort());
  await eventually(async () => {
    const stock = await shop.all<Stock>('/api/v1/inventory');
    expect(stock.map(({ itemId, onHand }) => `${itemId} ${onHand}`).sort()).toEqual(
      products.map(({ sku, quantity }) => `${sku} ${quantity}`).sort(),
    );
  }, withinMs);
}
