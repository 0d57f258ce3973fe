import { firstAnswer } from '../../first-answer.ts';
import { CannotStartError } from '../cannot-start-error.ts';
import { demoCaller } from './demo-caller.ts';

/** The goods of the walkthrough. */
const products = [
  {
    sku: 'ITEM-001',
    name: 'Desk lamp',
    description: 'Warm light, bends where it is needed',
    category: 'Lighting',
    price: 50,
    quantity: 50,
  },
  {
    sku: 'ITEM-002',
    name: 'Office chair',
    description: 'Adjustable in height, on five wheels',
    category: 'Furniture',
    price: 480,
    quantity: 200,
  },
];

const limitMs = 20_000;

/**
 * Makes the demo products through the routes that a user calls, and waits until there is stock of them and orders know
 * their prices. On later starts the products are there already, and are left as they are.
 *
 * @returns false where the app runs without the catalog, so that there is nothing to make.
 * @throws CannotStartError when a route answers otherwise than it should, or the stock does not appear.
 */
export async function makeDemoProducts(url: string, adminToken: string): Promise<boolean> {
  const call = demoCaller(url, adminToken);
  for (const product of products) {
    const { status, text } = await call('POST', '/api/v1/products', product, `demo-${product.sku}`);
    if (status === 404) return false;
    const isThere = status === 200 || status === 201 || status === 409;
    if (!isThere) throw new CannotStartError(`The demo product ${product.sku} was refused (${status}): ${text}`);
  }
  await until('stock of the demo products', async () => {
    const { status, text } = await call('GET', '/api/v1/inventory?location=main&limit=100');
    return status === 404 || products.every(({ sku }) => text.includes(`"${sku}"`));
  });
  await until('the prices of the demo products', async () => {
    // An order whose total is wrong is always refused, and by how it is refused we see whether the items are known.
    const items = products.map(({ sku }) => ({ itemId: sku, quantity: 1 }));
    const { text } = await call('POST', '/api/v1/orders', { customerId: 'demo', items, totalAmount: 0.01 });
    return !text.includes('unknown-item');
  });
  return true;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const isAtLast = await firstAnswer(async () => (await isSo()) || undefined, { limitMs, pauseMs: 25 });
  if (isAtLast) return;
  throw new CannotStartError(
    `After ${limitMs / 1000} s there is no sign of ${what}: see functions.log, or start with DEMO=0.`,
  );
}
