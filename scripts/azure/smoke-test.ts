import { randomUUID } from 'node:crypto';
import { expecting, type ShopClient, until } from './shop-client.ts';

export interface SmokeTest {
  readonly shop: ShopClient;
  readonly email: string;
  readonly password: string;
  /** Hears what has worked. */
  readonly say: (line: string) => void;
}

/** A cold start of each of the functions on the way of an order, one behind the other. */
const limitMs = 5 * 60_000;

/**
 * Lets an order be confirmed, as a shop would: a product with stock, an order of one, its confirmation, which has gone
 * through the store and the bus and back. What it makes it takes away again: the order is cancelled and the product archived.
 *
 * @throws DeploymentError with what was answered otherwise than it should be.
 */
export async function smokeTest({ shop, email, password, say }: SmokeTest): Promise<void> {
  await ready(shop);
  say('ready');
  const login = await shop.call('POST', '/api/v1/auth/login', { username: email, password });
  const { access_token: token } = expecting(`${email} cannot log in`, login, 200);
  const clerk = shop.as(String(token));
  const sku = `smoke-${randomUUID()}`;
  const wish = { sku, name: 'Smoke test', category: 'Smoke test', price: 1, quantity: 1 };
  const made = await clerk.call('POST', '/api/v1/products', wish);
  const product = expecting('A product cannot be made', made, 201);
  say('a product is made');
  try {
    await confirmed(clerk, sku);
    say('an order of it is confirmed, and cancelled again');
  } finally {
    expecting('The product cannot be archived', await clerk.call('DELETE', `/api/v1/products/${product.id}`), 204, 200);
  }
}

/** Waits until the app and what it needs are there. */
export function ready(shop: ShopClient): Promise<true> {
  return until('answer of /health/ready', limitMs, async () => {
    const { status } = await shop.call('GET', '/health/ready');
    return status === 200 ? true : undefined;
  });
}

async function confirmed(clerk: ShopClient, sku: string): Promise<void> {
  const order = { customerId: 'smoke-test', items: [{ itemId: sku, quantity: 1 }] };
  // The product is known to orders, and its stock to inventory, moments after it is made.
  await until('stock of the product', limitMs, async () => {
    const { body } = await clerk.call('GET', `/api/v1/inventory/${sku}`);
    return body.available === 1 ? true : undefined;
  });
  const id = await until('price of the product', limitMs, async () => {
    const placed = await clerk.call('POST', '/api/v1/orders', order);
    return String(placed.body.type).endsWith('/unknown-item')
      ? undefined
      : String(expecting('An order cannot be placed', placed, 201).id);
  });
  await until('confirmation of the order', limitMs, async () => {
    const { body } = await clerk.call('GET', `/api/v1/orders/${id}`);
    if (body.status === 'rejected') expecting('The order was rejected', { status: 409, body });
    return body.status === 'confirmed' ? true : undefined;
  });
  expecting('The order cannot be cancelled', await clerk.call('POST', `/api/v1/orders/${id}/cancel`, {}), 200);
}
