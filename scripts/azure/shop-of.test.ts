import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { shopOf } from './shop-of.ts';

/** An app that runs these services, and keeps what it was asked. */
async function appWith(...services: readonly string[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    response.end(JSON.stringify({ status: 'ok', services: Object.fromEntries(services.map((name) => [name, 'ok'])) }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked };
}

it('a shop of several apps is asked at the app that runs the service of the route', async () => {
  const one = await appWith('orders', 'inventory');
  const other = await appWith('catalog', 'identity', 'notifications', 'operations');
  const shop = await shopOf([one.url, other.url]);
  await shop.call('POST', '/api/v1/auth/login', {});
  await shop.as('token').call('GET', '/api/v1/orders/1');
  expect(one.asked).toEqual(['GET /health/ready', 'GET /api/v1/orders/1 Bearer token']);
  expect(other.asked).toEqual(['GET /health/ready', 'POST /api/v1/auth/login']);
});

it('a shop of one app is asked there, whatever the route', async () => {
  const { url, asked } = await appWith();
  await (await shopOf([url])).call('GET', '/api/v1/orders/1');
  expect(asked).toEqual(['GET /api/v1/orders/1']);
});

it('a route whose service no app runs is an error that names it', async () => {
  const shop = await shopOf([(await appWith('orders')).url, (await appWith('inventory')).url]);
  await expect(shop.call('POST', '/api/v1/auth/login', {})).rejects.toThrow('No app runs identity');
});
