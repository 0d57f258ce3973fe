import { randomUUID } from 'node:crypto';
import { ApiClient, bodyOf } from '../../rigs/clients/api-client.ts';
import { orderOf, type Page } from '../../rigs/clients/shop.ts';
import { reportsSecret } from '../../rigs/providers/reports-secret.ts';
import { password, type Recipe } from './scene.ts';
import { tillRecipes } from './till-recipes.ts';

const hour = 3_600_000;
const dryReplay = () => ({
  consumer: 'inventory-on-catalog-events',
  from: new Date(Date.now() - hour).toISOString(),
  dryRun: true,
});
const address = { line1: '1 Main Street', city: 'Springfield', postal_code: '12345', country: 'US' };

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

  ...tillRecipes,

  'start-campaign': ({ admin }) => ({ token: admin, body: { template: 'newsletter', text: 'Hello' } }),
  'get-campaign': async ({ admin, shop }) => {
    const wish = { template: 'newsletter', text: 'Hello' };
    const started = await (await shop.as()).post<{ id: string }>('/api/v1/campaigns', wish);
    return { token: admin, params: { id: bodyOf(started, 202).id } };
  },
  'list-notifications': reads,
  'read-notification': async (scene) => {
    const { id, token } = await scene.notification();
    return { token, params: { id } };
  },

  'get-settings': reads,
  // Of a tenant that has not set it: whoever repeats what holds is not asked for a version.
  'change-settings': async (scene) => ({ token: await scene.elsewhere(), body: { orders: { timeout: 'PT30M' } } }),
  'list-setting-changes': reads,
  'get-preferences': reads,
  'set-preferences': asUser({ email: ['welcome'], sms: [], language: 'de' }),
  'list-deliveries': reads,
  'retry-delivery': async (scene) => ({ token: scene.admin, params: { id: await scene.failedDelivery() } }),
  'take-provider-report': ({ shop }) => ({
    headers: { 'x-tenant': shop.tenant },
    params: { provider: 'file', secret: reportsSecret },
    body: { reports: [{ messageId: randomUUID(), kind: 'bounced' }] },
  }),

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
