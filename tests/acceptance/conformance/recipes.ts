import { randomUUID } from 'node:crypto';
import { ApiClient, bodyOf } from '../../rigs/clients/api-client.ts';
import { writeToBus } from '../../rigs/clients/bus-writer.ts';
import { DeadLetterDesk } from '../../rigs/clients/dead-letter-desk.ts';
import { linkToken } from '../../rigs/clients/link-token.ts';
import { productCreated } from '../../rigs/clients/made-up-events.ts';
import { orderOf, type Page, Shop } from '../../rigs/clients/shop.ts';
import type { StackConnection } from '../../rigs/stack/connect-stack.ts';
import { eventually } from '../../rigs/stack/eventually.ts';
import { shopDescription } from '../../rigs/tills/tills.ts';
import type { CallParts } from './call.ts';

/** Makes a request that an operation does, on things of its own. */
export type Recipe = (scene: Scene) => CallParts | Promise<CallParts>;

const password = 'Admin123';
const hour = 3_600_000;
const dryReplay = () => ({
  consumer: 'inventory-on-catalog-events',
  from: new Date(Date.now() - hour).toISOString(),
  dryRun: true,
});
const address = { line1: '1 Main Street', city: 'Springfield', postal_code: '12345', country: 'US' };

/** A shop that sells something, and what a request may need besides. */
export class Scene {
  readonly shop: Shop;
  readonly sku: string;
  readonly productId: string;
  readonly admin: string;
  readonly #stack: StackConnection;

  private constructor(
    stack: StackConnection,
    shop: Shop,
    product: { readonly sku: string; readonly id: string },
    admin: string,
  ) {
    this.#stack = stack;
    this.shop = shop;
    this.sku = product.sku;
    this.productId = product.id;
    this.admin = admin;
  }

  static async set(stack: StackConnection): Promise<Scene> {
    const shop = new Shop(stack);
    return new Scene(stack, shop, await shop.sell(), await stack.token('admin', { tenant: shop.tenant }));
  }

  /** A token of an admin of a tenant that has nothing. */
  elsewhere(): Promise<string> {
    return this.#stack.token('admin', { tenant: new Shop(this.#stack).tenant });
  }

  /** A token of an admin of the tenant that sees what is of all. */
  ofMain(): Promise<string> {
    return this.#stack.token('admin');
  }

  get url(): string {
    return this.#stack.url;
  }

  /** What the newest mail with a link for this carries. */
  linkToken(userId: string, purpose: 'password-reset' | 'email-verification'): Promise<string> {
    return linkToken(this.#stack, { tenant: this.shop.tenant, userId, purpose });
  }

  /** The id of an order that is confirmed. */
  async order(): Promise<string> {
    const { id } = await this.shop.order({ [this.sku]: 1 });
    await this.shop.decided(id);
    return id;
  }

  /** Somebody who is registered and logged in. */
  async user() {
    const email = `${randomUUID()}@example.com`;
    const headers = { 'x-tenant': this.shop.tenant };
    const api = await this.shop.as();
    const { id } = bodyOf(
      await api.post<{ id: string }>('/api/v1/auth/register', { email, password }, { headers }),
      201,
    );
    const login = await api.post<{ access_token: string; refresh_token: string }>(
      '/api/v1/auth/login',
      { username: email, password },
      { headers },
    );
    const { access_token: token, refresh_token } = bodyOf(login, 200);
    return { id, email, token, refresh_token, headers };
  }

  /** The id of a shop where things are sold at tills. */
  async shopWithTills(): Promise<string> {
    const shopId = randomUUID();
    bodyOf(await (await this.shop.as()).post('/api/v1/shops', shopDescription(shopId)), 201);
    return shopId;
  }

  /** A till that is open. */
  async tillSession() {
    const [shopId, sessionId] = [await this.shopWithTills(), randomUUID()];
    const opening = { register: '1', openingCash: 100 };
    bodyOf(await (await this.shop.as()).put(`/api/v1/shops/${shopId}/sessions/${sessionId}`, opening), 201);
    return { shopId, sessionId };
  }

  /** What a till says of a sale that is paid. */
  saleOf(sessionId: string) {
    const lines = [{ itemId: this.sku, quantity: 2, unitPrice: 10 }];
    return { sessionId, lines, payments: [{ method: 'cash', amount: 20, tendered: 50 }] };
  }

  /** A sale, once the tills know what it sells. */
  async sale() {
    const { shopId, sessionId } = await this.tillSession();
    const [api, saleId] = [await this.shop.as(), randomUUID()];
    const path = `/api/v1/shops/${shopId}/sales/${saleId}`;
    await eventually(async () => bodyOf(await api.put(path, this.saleOf(sessionId)), 201));
    return { sessionId, params: { shopId, saleId } };
  }

  /** The id of a notification that nobody has read, and the token of its recipient. */
  async notification(): Promise<{ readonly id: string; readonly token: string }> {
    const { token } = await this.user();
    const api = new ApiClient(this.url, token);
    return eventually(async () => {
      const list = await api.get<{ items: readonly { id: string }[] }>('/api/v1/notifications');
      const [welcome] = bodyOf(list, 200).items;
      if (welcome === undefined) throw new Error('whoever has registered was told nothing yet');
      return { id: welcome.id, token };
    });
  }

  /** The id of a delivery that has failed, since nobody knows an address of its recipient. */
  async failedDelivery(): Promise<string> {
    await this.order();
    const manager = await this.shop.as('manager');
    return eventually(async () => {
      const list = await manager.get<Page<{ readonly id: string }>>(
        '/api/v1/deliveries?recipient=somebody&status=failed',
      );
      const [failed] = bodyOf(list, 200).items;
      if (failed === undefined) throw new Error('no delivery has failed yet');
      return failed.id;
    });
  }

  /** A dead letter, with data that would do. */
  async deadLetter(): Promise<{ readonly id: string; readonly data: object }> {
    const sku = `BROKEN-${randomUUID()}`;
    await using writer = await writeToBus(this.#stack.kafka);
    await writer.send('catalog-events', [productCreated(this.shop, sku, { quantity: -5 })]);
    const desk = await DeadLetterDesk.of(this.shop);
    return await eventually(async () => {
      const { items } = bodyOf(await desk.list('?subscriber=create-stock&status=parked'), 200);
      for (const { id } of items) {
        const { event } = bodyOf(await desk.read(id), 200);
        if (event?.data.sku === sku) return { id, data: { ...event.data, quantity: 5 } };
      }
      throw new Error(`there is no dead letter of ${sku} yet`);
    });
  }
}

const reads: Recipe = ({ admin }) => ({ token: admin });
const anonymously: Recipe = () => ({});
const ofOrder: Recipe = async (scene) => ({ token: scene.admin, params: { id: await scene.order() } });
const ofProduct: Recipe = ({ admin, productId }) => ({ token: admin, params: { id: productId } });
const ofNewProduct: Recipe = async ({ admin, shop }) => ({ token: admin, params: { id: (await shop.sell()).id } });
const ofStock =
  (body?: object): Recipe =>
  ({ admin, sku }) => ({ token: admin, params: { itemId: sku }, body });
const ofUser =
  (body?: object): Recipe =>
  async (scene) => ({ token: scene.admin, params: { id: (await scene.user()).id }, body });
const asUser =
  (body?: object): Recipe =>
  async (scene) => ({ token: (await scene.user()).token, body });
const ofShop =
  (body?: object) =>
  async (scene: Scene): Promise<CallParts> => ({
    token: scene.admin,
    params: { shopId: await scene.shopWithTills() },
    body,
  });
const ofTillSession =
  (body?: object) =>
  async (scene: Scene): Promise<CallParts> => ({ token: scene.admin, params: await scene.tillSession(), body });
const ofSale =
  (body?: object): Recipe =>
  async (scene) => ({ token: scene.admin, params: (await scene.sale()).params, body });
const asOrder =
  (body: object): Recipe =>
  async (scene) => ({ ...(await ofOrder(scene)), body });

const call = { kind: 'call', direction: 'in', text: 'Asks for a green lamp', followUpAt: '2999-01-01T00:00:00.000Z' };
const ofCustomer =
  (body?: object): Recipe =>
  async ({ admin: token, shop }) => {
    const made = await (await shop.as()).post<{ id: string }>('/api/v1/customers', { kind: 'person', name: 'Ann' });
    return { token, params: { id: bodyOf(made, 201).id }, body };
  };

/** One at a time runs in a tenant: so each is in a tenant of its own. */
const ofReplay: Recipe = async (scene) => {
  const token = await scene.elsewhere();
  const started = await new ApiClient(scene.url, token).post<{ id: string }>('/api/v1/replays', dryReplay());
  return { token, params: { id: bodyOf(started, 202).id } };
};

/** A request for each operation, by its name. */
export const recipes: Readonly<Record<string, Recipe>> = {
  docs: anonymously,
  'docs-of-file': () => ({ params: { file: 'start.js' } }),
  health: anonymously,
  'health-of-part': () => ({ params: { part: 'orders' } }),
  jwks: anonymously,
  // From this machine nobody needs a token: so it comes from elsewhere.
  metrics: async (scene) => ({ token: await scene.ofMain(), headers: { 'x-forwarded-for': '203.0.113.7' } }),
  openapi: anonymously,

  'list-orders': reads,
  'list-orders-of-one-customer': ({ admin }) => ({ token: admin, params: { id: 'somebody' } }),
  'get-order': ofOrder,
  'place-order': ({ admin, sku }) => ({ token: admin, body: orderOf({ [sku]: 1 }) }),
  'update-order': asOrder({ note: 'Ring twice' }),
  'cancel-order': asOrder({ reason: 'changed my mind' }),
  'ship-order': ofOrder,
  'deliver-order': async (scene) => {
    const parts = await ofOrder(scene);
    bodyOf(await (await scene.shop.as()).post(`/api/v1/orders/${parts.params?.id}/ship`), 200);
    return parts;
  },

  'register-customer': ({ admin }) => ({ token: admin, body: { kind: 'person', name: 'Ann', phone: '030 1234567' } }),
  'find-customers': ({ admin }) => ({ token: admin, body: { text: 'ann' } }),
  'get-customer': ofCustomer(),
  'change-customer': ofCustomer({ language: 'de' }),
  'block-customer': ofCustomer(),
  'unblock-customer': async (scene) => {
    const parts = await ofCustomer()(scene);
    bodyOf(await (await scene.shop.as()).post(`/api/v1/customers/${parts.params?.id}/block`), 200);
    return parts;
  },
  'log-interaction': ofCustomer(call),
  'list-interactions': ofCustomer(),
  'finish-follow-up': async (scene) => {
    const { params, ...parts } = await ofCustomer()(scene);
    const path = `/api/v1/customers/${params?.id}/interactions`;
    const { id: interactionId } = bodyOf(await (await scene.shop.as()).post<{ id: string }>(path, call), 201);
    return { ...parts, params: { ...params, interactionId } };
  },
  'list-follow-ups': reads,
  'set-consent': async (scene) => {
    const parts = await ofCustomer({ granted: true, source: 'web', textVersion: '1' })(scene);
    return { ...parts, params: { ...parts.params, purpose: 'marketing' } };
  },
  'export-customer': ofCustomer(),
  'delete-customer': ofCustomer(),

  'list-products': reads,
  'get-product': ofProduct,
  'create-product': ({ admin }) => ({ token: admin, body: { name: 'Thing', price: 9.5, quantity: 3 } }),
  'update-product': async (scene) => ({ ...(await ofNewProduct(scene)), body: { description: 'Something' } }),
  'import-products': ({ admin }) => ({
    token: admin,
    headers: { 'content-type': 'text/csv' },
    body: 'sku,name,price\nIMPORTED,Thing,9.50\n',
  }),
  'archive-product': ofNewProduct,

  'list-stock': reads,
  'list-low-stock': reads,
  'get-stock': ofStock(),
  'receive-stock': ofStock({ quantity: 5 }),
  'adjust-stock': ofStock({ quantity: 1 }),
  'set-reorder-point': async ({ admin, shop }) => ({
    token: admin,
    params: { itemId: (await shop.sell()).sku },
    body: { reorderPoint: 3 },
  }),
  'get-reservation': async (scene) => ({ token: scene.admin, params: { orderId: await scene.order() } }),

  'open-shop': ({ admin }) => ({ token: admin, body: shopDescription(randomUUID()) }),
  'list-shops': reads,
  'get-shop': ofShop(),
  'change-shop': ofShop({ cashRounding: 0.05 }),
  'close-shop': ofShop({ reasonCode: 'moved' }),
  'open-register': async (scene) => ({
    ...(await ofShop()(scene)),
    params: { shopId: await scene.shopWithTills(), sessionId: randomUUID() },
    body: { register: '1', openingCash: 100 },
  }),
  'get-session': ofTillSession(),
  'move-cash': async (scene) => {
    const parts = await ofTillSession({ kind: 'paid-in', amount: 5, reasonCode: 'change' })(scene);
    return { ...parts, params: { ...parts.params, movementId: randomUUID() } };
  },
  'close-register': ofTillSession({ counted: { cash: 100 } }),
  'list-sessions': ofShop(),
  'get-daily-totals': async (scene) => ({ ...(await ofShop()(scene)), query: { day: '2026-11-22' } }),

  'ring-up-sale': async (scene) => {
    const { params, sessionId } = await scene.sale();
    return {
      token: scene.admin,
      params: { ...params, saleId: randomUUID() },
      body: scene.saleOf(sessionId),
    };
  },
  'get-sale': ofSale(),
  'cancel-sale': ofSale({ reasonCode: 'wrong-item' }),
  'refund-sale': async (scene) => {
    const { params, sessionId } = await scene.sale();
    const payments = [{ method: 'cash', amount: 10 }];
    const said = { refundId: randomUUID(), sessionId, lines: [{ line: 1, quantity: 1 }], payments };
    return { token: scene.admin, params, body: { ...said, reasonCode: 'changed-mind' } };
  },
  'list-sales': ofShop(),
  'purchases-of-customer': ({ admin }) => ({ token: admin, params: { id: 'CUST-123' } }),

  'list-notifications': reads,
  'read-notification': async (scene) => {
    const { id, token } = await scene.notification();
    return { token, params: { id } };
  },

  'get-settings': reads,
  'change-settings': ({ admin }) => ({ token: admin, body: { orders: { timeout: 'PT30M' } } }),
  'list-setting-changes': reads,
  'get-preferences': reads,
  'set-preferences': ({ admin }) => ({ token: admin, body: { email: ['welcome'], sms: [], language: 'de' } }),
  'list-deliveries': reads,
  'retry-delivery': async (scene) => ({ token: scene.admin, params: { id: await scene.failedDelivery() } }),

  'list-dead-letters': reads,
  'get-dead-letter': async (scene) => ({ token: scene.admin, params: { id: (await scene.deadLetter()).id } }),
  'get-dead-letter-bytes': async (scene) => ({ token: scene.admin, params: { id: (await scene.deadLetter()).id } }),
  'edit-dead-letter': async (scene) => {
    const { id, data } = await scene.deadLetter();
    return { token: scene.admin, params: { id }, body: { data } };
  },
  'discard-dead-letter': async (scene) => ({
    token: scene.admin,
    params: { id: (await scene.deadLetter()).id },
    body: { reason: 'of no use' },
  }),
  'replay-dead-letter': async (scene) => ({ token: scene.admin, params: { id: (await scene.deadLetter()).id } }),
  'replay-dead-letters': ({ admin }) => ({ token: admin, body: { filter: { subscriber: 'nobody' } } }),
  'read-lag': async (scene) => ({ token: await scene.ofMain() }),
  'list-replays': reads,
  'start-replay': async (scene) => ({ token: await scene.elsewhere(), body: dryReplay() }),
  'get-replay': ofReplay,
  'stop-replay': ofReplay,
  'resume-replay': ofReplay,

  'register-user': ({ shop }) => ({
    headers: { 'x-tenant': shop.tenant },
    body: { email: `${randomUUID()}@example.com`, password, first_name: 'Ann' },
  }),
  'log-in': async (scene) => {
    const { email, headers } = await scene.user();
    return { headers, body: { username: email, password } };
  },
  'refresh-session': async (scene) => {
    const { headers, refresh_token } = await scene.user();
    return { headers, body: { refresh_token } };
  },
  'log-out': async (scene) => {
    const { headers, refresh_token } = await scene.user();
    return { headers, body: { refresh_token } };
  },
  'request-password-reset': async (scene) => {
    const { email, headers } = await scene.user();
    return { headers, body: { email } };
  },
  'confirm-password-reset': async (scene) => {
    const { id, email, headers } = await scene.user();
    bodyOf(await (await scene.shop.as()).post('/api/v1/auth/password-reset', { email }, { headers }), 202);
    return { headers, body: { token: await scene.linkToken(id, 'password-reset'), password: 'Better123' } };
  },
  'request-verification': asUser(),
  'verify-email': async (scene) => {
    const { id, token, headers } = await scene.user();
    bodyOf(await new ApiClient(scene.url, token).post('/api/v1/users/me/verification'), 202);
    return { headers, body: { token: await scene.linkToken(id, 'email-verification') } };
  },
  'show-account-page': anonymously,
  'list-users': reads,
  'get-user': ofUser(),
  'set-user-roles': ofUser({ roles: ['sales'] }),
  'activate-user': async (scene) => {
    const parts = await ofUser()(scene);
    bodyOf(await (await scene.shop.as()).post(`/api/v1/users/${parts.params?.id}/deactivate`), 200);
    return parts;
  },
  'deactivate-user': ofUser(),
  'list-user-sessions': ofUser(),
  'end-user-sessions': ofUser(),
  'delete-user': ofUser(),
  'list-own-sessions': asUser(),
  'end-own-session': async (scene) => {
    const { token } = await scene.user();
    const own = await new ApiClient(scene.url, token).get<Page<{ id: string }>>('/api/v1/users/me/sessions');
    const [session] = bodyOf(own, 200).items;
    return { token, params: { sessionId: session?.id ?? '' } };
  },
  'end-own-sessions': asUser(),
  'get-own-user': asUser(),
  'update-own-user': asUser({ phone: '555-123-4567' }),
  'add-address': asUser(address),
  'remove-address': async (scene) => {
    const { token } = await scene.user();
    const api = new ApiClient(scene.url, token);
    const { id } = bodyOf(await api.post<{ id: string }>('/api/v1/users/me/addresses', address), 201);
    return { token, params: { id } };
  },
  'change-password': asUser({ old_password: password, new_password: 'Admin124' }),
};
