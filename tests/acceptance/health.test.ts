import { describe, expect, it } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { sharedStack } from './open-shop.ts';

/** Without a token: probes have none. */
const anonymous = new ApiClient(sharedStack().url);
const ok = { status: 'ok' };
const bus = { status: 'ok', name: expect.stringMatching(/^Kafka \(SASL_(PLAINTEXT|SSL), (PLAIN|OAUTHBEARER)\)$/) };
const dependencies = { store: ok, bus, outbox: ok, consumers: ok };

describe('health', () => {
  it.each(['/health', '/health/', '/health/ready'])('the health of the whole system is at %s', async (path) => {
    const { status, body } = await anonymous.get(path);
    const services = {
      admin: 'ok',
      catalog: 'ok',
      customers: 'ok',
      identity: 'ok',
      inventory: 'ok',
      notifications: 'ok',
      operations: 'ok',
      orders: 'ok',
      sales: 'ok',
    };
    const all = { ...dependencies, providers: ok, deadLetters: ok };
    expect([status, body]).toEqual([200, { status: 'ok', dependencies: all, services }]);
  });

  it.each([
    'admin',
    'catalog',
    'customers',
    'identity',
    'inventory',
    'orders',
    'sales',
  ])('the health of %s shows its dependencies', async (name) => {
    const { status, body } = await anonymous.get(`/health/${name}`);
    expect([status, body]).toEqual([200, { status: 'ok', service: `${name}-service`, dependencies }]);
  });

  it('the health of notifications also shows whether mails can be sent', async () => {
    const { status, body } = await anonymous.get('/health/notifications');
    const all = { ...dependencies, providers: ok };
    expect([status, body]).toEqual([200, { status: 'ok', service: 'notifications-service', dependencies: all }]);
  });

  it('the health of operations also shows the dead letters', async () => {
    const { status, body } = await anonymous.get('/health/operations');
    const all = { ...dependencies, deadLetters: ok };
    expect([status, body]).toEqual([200, { status: 'ok', service: 'operations-service', dependencies: all }]);
  });

  it('the health of an unknown service is not found', async () => {
    expect((await anonymous.get('/health/nothing')).status).toBe(404);
  });
});
