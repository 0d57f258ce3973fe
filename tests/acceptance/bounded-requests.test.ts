import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { openShop, sharedStack } from './open-shop.ts';

const stranger = () => new ApiClient(sharedStack().url);
const typed = (type: string) => ({ headers: { 'content-type': type } });
const aForm = typed('application/x-www-form-urlencoded');
const names = (count: number) => Array.from({ length: count }, (_, index) => index.toString(36)).join('&');

describe('requests of strangers', () => {
  it.each([
    ['a login form of more than 8 KiB', 'login', names(200_000), 413, 'body-too-large'],
    ['a login form of more than twenty fields', 'login', names(21), 422, 'invalid-body'],
    ['a registration of more than 8 KiB', 'register', `{"x":"${'x'.repeat(9_000)}"}`, 413, 'body-too-large'],
    ['a registration that is nested too deep', 'register', '['.repeat(4_000), 400, 'broken-json'],
  ])('%s is refused', async (_, route, body, status, code) => {
    const options = route === 'login' ? aForm : {};
    const answer = await stranger().post<Problem>(`/api/v1/auth/${route}`, body, options);
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
  });

  it('a request of seven hundred unknown fields is answered with the first twenty of them', async () => {
    const fields = Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`f${index}`, 1]));
    const answer = await stranger().post<Problem>('/api/v1/auth/register', fields);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toHaveLength(21);
    expect(JSON.stringify(answer.body).length).toBeLessThan(3_000);
  });
});

describe('a request that says what is not taken', () => {
  it('an order with an unknown query parameter is refused and not placed', async () => {
    const shop = openShop();
    const sales = await shop.as('sales');
    const order = { customerId: 'C1', items: [{ itemId: 'A', quantity: 1 }] };
    const { status, body } = await sales.post<Problem>('/api/v1/orders?dryRun=true', order);
    expect([status, body.type]).toEqual([422, '/problems/invalid-query']);
    expect(await shop.all('/api/v1/orders')).toEqual([]);
  });

  it('a body where none is taken is refused, unless it is an empty object', async () => {
    const logistics = await openShop().as('logistics');
    const ship = (body: unknown) => logistics.post<Problem>(`/api/v1/orders/${randomUUID()}/ship`, body);
    const refused = await ship({ carrier: 'DHL' });
    expect([refused.status, refused.body.type]).toEqual([422, '/problems/invalid-body']);
    expect([(await ship({})).status, (await ship(undefined)).status]).toEqual([404, 404]);
  });

  it('a compressed body and one in an unknown charset are refused with 415', async () => {
    const manager = await openShop().as('manager');
    const gzip = { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } };
    for (const options of [gzip, typed('application/json; charset=klingon')])
      expect((await manager.post('/api/v1/products', '{}', options)).status).toBe(415);
  });
});
