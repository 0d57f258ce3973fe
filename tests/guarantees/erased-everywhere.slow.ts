import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { services } from '../../functions/services.ts';
import { topics } from '../../shared/events/topics.ts';
import { accountsOn, inTenant, password, type Tokens, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { type Customer, customersPath } from '../rigs/clients/customers.ts';
import type { Order, Page } from '../rigs/clients/shop.ts';
import { openStoredDocuments } from '../rigs/clients/stored-documents.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { foundInFiles } from '../rigs/stack/found-in-files.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';

const tenant = 'main';
const sku = 'ITEM-001';

let stack: TestStack;
let staff: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  stack = await startStack();
  const { as } = accountsOn(stack);
  [admin, staff] = [await as('admin'), await as(['sales', 'manager'], { sub: 'staff' })];
  bodyOf(await admin.post('/api/v1/products', { sku, name: 'A thing', price: 5, quantity: 10 }), 201);
});
afterAll(() => stack.stop());

/** Another text for each field, as each field lies elsewhere; what was typed is remembered. */
function typist(who: string, phone: string) {
  const texts = [phone];
  const text = (field: string) => {
    texts.push(`${who}-${field}`);
    return `${who}-${field}`;
  };
  return { texts, text, email: (field: string) => `${text(field)}@example.com`, phone: `+49${phone}` };
}
type Typist = ReturnType<typeof typist>;

/** Has an order that will be sent, with what may be written on it. */
async function order(by: ApiClient, whose: object, { text }: Typist): Promise<Order> {
  const items = [{ itemId: sku, quantity: 1 }];
  const placed = await eventually(async () => bodyOf(await by.post<Order>('/api/v1/orders', { ...whose, items }), 201));
  const details = { deliveryAddress: text('order-address'), note: text('order-note') };
  bodyOf(await by.patch(`/api/v1/orders/${placed.id}`, details), 200);
  return placed;
}

/** Notes what staff may note of a customer, and writes to them with all others; that text is to all, so it may stay. */
async function note(id: string, { text, email }: Typist): Promise<void> {
  const path = `${customersPath}/${id}`;
  const [followUpAt, changed] = ['2999-01-01T00:00:00.000Z', email('noted-email')];
  bodyOf(await staff.patch(path, { email: changed, address: text('noted-address') }), 200);
  for (const wish of [{ text: text('interaction') }, { text: text('follow-up'), followUpAt }])
    bodyOf(await staff.post(`${path}/interactions`, { kind: 'call', direction: 'in', ...wish }), 201);
  const consent = { granted: true, source: text('source'), textVersion: text('version') };
  bodyOf(await staff.put(`${path}/consents/marketing`, consent), 200);
  await stack.settled();
  const campaign = await staff.post('/api/v1/campaigns', { template: 'newsletter', text: 'To all of you' });
  expect(campaign.status).toBe(202);
  await eventually(async () => {
    const found = await staff.post<Page<Customer>>(`${customersPath}/search`, { text: changed });
    expect(bodyOf(found, 200).items).toHaveLength(1);
  });
}

/** Where any of it is: in documents of any container, in files of any kind. */
async function whereIs(texts: readonly string[]): Promise<readonly string[]> {
  using documents = openStoredDocuments(stack);
  const containers = new Set(services.map(({ name, container = name }) => container));
  const all = await Promise.all(
    [...containers].map(async (name) => ({ name, text: JSON.stringify(await documents.of(tenant, name)) })),
  );
  const inDocuments = all.flatMap(({ name, text }) =>
    texts.filter((one) => text.toLowerCase().includes(one)).map((one) => `${name}: ${one}`),
  );
  return [...inDocuments, ...foundInFiles(stack.dataDir, texts)];
}

/** Deletes somebody of whom everything was kept that was typed, and of whom mails were written. */
async function expectNothingLeft({ texts }: Typist, path: string): Promise<void> {
  await using bus = await stack.observe(...topics);
  await stack.settled();
  const before = await whereIs(texts);
  expect(texts.filter((text) => !before.some((found) => found.endsWith(`: ${text}`)))).toEqual([]);
  expect(before.some((found) => found.startsWith('mail/'))).toBe(true);

  expect((await admin.delete(path)).status).toBe(204);
  await eventually(async () => expect(await whereIs(texts)).toEqual([]), 20_000);
  await stack.settled();
  expect(await whereIs(texts)).toEqual([]);
  await bus.caughtUp();
  const told = JSON.stringify(bus.events().map(({ value, key, headers }) => [value, key, headers])).toLowerCase();
  expect(texts.filter((text) => told.includes(text))).toEqual([]);
}

describe('what was typed about somebody', () => {
  it('what a user wrote, and was written to them, is in no document, no event and no file once they are deleted', async () => {
    const typed = typist('quill', '1705554401');
    const { text, email, phone } = typed;
    const client = new ApiClient(stack.url);
    const account = { email: email('account'), first_name: text('first'), last_name: text('last'), phone };
    const registered = await client.post<User>('/api/v1/auth/register', { ...account, password }, inTenant(tenant));
    const { id } = bodyOf(registered, 201);
    const login = { username: account.email, password };
    const tokens = bodyOf(await client.post<Tokens>('/api/v1/auth/login', login, inTenant(tenant)), 200);
    const user = new ApiClient(stack.url, tokens.access_token, id);
    const address = { line1: text('street'), city: text('city'), postal_code: text('code'), country: 'DE' };
    bodyOf(await user.post('/api/v1/users/me/addresses', address), 201);
    const wishes = { email: ['order-confirmed', 'campaign'], sms: ['order-confirmed'], language: 'en' };
    bodyOf(await user.put('/api/v1/notifications/preferences', wishes), 200);
    await stack.settled();
    await order(user, {}, typed);
    const { id: cancelled } = await order(user, {}, typed);
    bodyOf(await user.post(`/api/v1/orders/${cancelled}/cancel`, { reason: text('reason') }), 200);
    await note(id, typed);
    await stack.settled();
    expect(foundInFiles(stack.smsFolder ?? '', typed.texts)).not.toEqual([]);

    await expectNothingLeft(typed, `/api/v1/users/${id}`);
  }, 60_000);

  it('what was typed about a customer without an account, and was written to them, is in no document, no event and no file once they are deleted', async () => {
    const typed = typist('pluma', '3055544402');
    const { text, email, phone } = typed;
    const profile = { kind: 'person', name: text('name'), email: email('email'), phone, address: text('address') };
    const { id } = bodyOf(await staff.post<Customer>(customersPath, profile, { idempotencyKey: 'k1' }), 201);
    await stack.settled();
    const { id: orderId } = await order(staff, { customerId: id }, typed);
    await stack.settled();
    await note(id, typed);

    await expectNothingLeft(typed, `${customersPath}/${id}`);
    const left = bodyOf(await admin.get<object>(`/api/v1/orders/${orderId}`), 200);
    expect(left).toMatchObject({ customerId: id, totalAmount: 5 });
    expect(left).not.toHaveProperty('deliveryAddress');
  }, 60_000);
});
