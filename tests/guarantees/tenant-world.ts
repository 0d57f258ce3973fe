import { randomUUID } from 'node:crypto';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { DeadLetterDesk } from '../rigs/clients/dead-letter-desk.ts';
import { productCreated, readersOfProducts } from '../rigs/clients/made-up-events.ts';
import { orderOf, type Page, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import type { TestStack } from '../rigs/stack/start-stack.ts';
import { counterWorld } from './counter-world.ts';

/** A tenant with something of every kind. */
export interface TenantWorld {
  readonly shop: Shop;
  /** Their user, who may do everything. */
  readonly sub: string;
  /** What a parameter of a path names of theirs: `orders/{id}`. A new parameter needs a line here. */
  readonly ids: Readonly<Record<string, string>>;
  /** What filters and bodies may name of theirs. */
  readonly names: readonly string[];
  /** Words that stand in their data, and that no request of anybody else has. */
  readonly secrets: readonly string[];
  /** The Idempotency-Key of their order, and its body. */
  readonly key: string;
  readonly order: object;
}

export async function tenantWorld(stack: TestStack): Promise<TenantWorld> {
  const shop = new Shop(stack);
  const { sub, email, addressId, sessionId, ...account } = await registered(stack, shop);
  const admin = await shop.as('admin', { sub });
  const [name, description, deliveryAddress, note] = [secret(), secret(), secret(), secret()];
  const category = 'velvet';
  const { sku, id: productId } = await shop.sell({ sku: 'SAME', name: `Velvet ${name}`, description, category });
  await shop.sell({ name: `Velvet ${name}`, category });
  const [key, order] = [randomUUID(), orderOf({ [sku]: 2 }, { customerId: sub })];
  const { id: orderId } = bodyOf(
    await admin.post<{ id: string }>('/api/v1/orders', order, { idempotencyKey: key }),
    201,
  );
  await shop.order({ [sku]: 1 }, { customerId: sub });
  await shop.decided(orderId);
  bodyOf(await admin.patch(`/api/v1/orders/${orderId}`, { deliveryAddress, note }), 200);
  const notificationId = await eventually(async () => {
    const list = await admin.get<{ items: readonly { id: string }[] }>(`/api/v1/notifications?recipient=${sub}`);
    const [first] = bodyOf(list, 200).items;
    if (first === undefined) throw new Error('there is no notification yet');
    return first.id;
  });
  const said = secret();
  const atCounter = await counterWorld(admin, { customerId: sub, sku, sessionId, said });
  const letterId = await brokenEvent(stack, shop);
  const replayId = await finishedReplay(admin);
  await stack.settled();
  return {
    shop,
    sub,
    ids: {
      'products/{id}': productId,
      'inventory/{itemId}': sku,
      'reservations/{orderId}': orderId,
      'orders/{id}': orderId,
      'customers/{id}': sub,
      'users/{id}': sub,
      'addresses/{id}': addressId,
      'sessions/{sessionId}': sessionId,
      'notifications/{id}': notificationId,
      'dead-letters/{id}': letterId,
      'replays/{id}': replayId,
      ...atCounter,
    },
    names: [
      sku,
      productId,
      orderId,
      sub,
      email,
      category,
      notificationId,
      ...Object.values(atCounter),
      letterId,
      letterId.slice(0, 10),
      'create-stock',
      'main',
    ],
    secrets: [name, description, deliveryAddress, note, said, ...account.secrets],
    key,
    order,
  };
}

const secret = () => `secret-${randomUUID()}`;

/** Somebody with an account, an address and a session. */
async function registered(stack: TestStack, shop: Shop) {
  const [last_name, line1] = [secret(), secret()];
  const email = `ann@${shop.tenant}.example`;
  const password = 'Secret123';
  const form = { email, password, last_name };
  const headers = { 'x-tenant': shop.tenant };
  const anybody = new ApiClient(stack.url);
  const { id: sub } = bodyOf(await anybody.post<{ id: string }>('/api/v1/auth/register', form, { headers }), 201);
  const own = await shop.as('customer', { sub });
  const address = { line1, city: 'Bern', postal_code: '3000', country: 'CH' };
  const { id: addressId } = bodyOf(await own.post<{ id: string }>('/api/v1/users/me/addresses', address), 201);
  bodyOf(await anybody.post('/api/v1/auth/login', { username: email, password }, { headers }), 200);
  const { items } = bodyOf(await own.get<Page<{ id: string }>>('/api/v1/users/me/sessions'), 200);
  return { sub, email, addressId, sessionId: items[0]?.id ?? '', secrets: [last_name, line1] };
}

async function brokenEvent(stack: TestStack, shop: Shop): Promise<string> {
  await using writer = await writeToBus(stack.kafka);
  await writer.send('catalog-events', [productCreated(shop, 'BROKEN', { quantity: -5 })]);
  const [letter] = await (await DeadLetterDesk.of(shop)).found('', readersOfProducts.length);
  return letter?.id ?? '';
}

async function finishedReplay(operator: ApiClient): Promise<string> {
  interface Replay {
    readonly id: string;
    readonly status: string;
  }
  const order = {
    consumer: 'inventory-on-catalog-events',
    from: new Date(Date.now() - 3_600_000).toISOString(),
    dryRun: true,
  };
  const { id } = bodyOf(await operator.post<Replay>('/api/v1/replays', order), 202);
  await eventually(async () => {
    const { status } = bodyOf(await operator.get<Replay>(`/api/v1/replays/${id}`), 200);
    if (status !== 'done') throw new Error(`the replay is ${status}`);
  });
  return id;
}
