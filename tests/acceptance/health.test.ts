import { describe, expect, it } from 'vitest';
import { ApiClient } from '../rigs/clients/api-client.ts';
import { sharedStack } from './open-shop.ts';

/** Without a token: probes have none. */
const anonymous = new ApiClient(sharedStack().url);
const ok = { status: 'ok' };
const bus = { status: 'ok', name: expect.stringMatching(/^Kafka \(SASL_(PLAINTEXT|SSL), (PLAIN|OAUTHBEARER)\)$/) };
const dependencies = { store: ok, bus, outbox: ok, consumers: ok };

describe('health', () => {
  it.each(['/health', '/health/', '/health/ready'])('of the whole is at %s', async (path) => {
    const { status, body } = await anonymous.get(path);
    const services = {
      identity: 'ok',
      orders: 'ok',
      inventory: 'ok',
      catalog: 'ok',
      notifications: 'ok',
      operations: 'ok',
    };
    const all = { ...dependencies, deadLetters: ok };
    expect([status, body]).toEqual([200, { status: 'ok', dependencies: all, services }]);
  });

  it.each([
    'identity',
    'orders',
    'inventory',
    'catalog',
    'notifications',
  ])('of %s tells what it depends on', async (name) => {
    const { status, body } = await anonymous.get(`/health/${name}`);
    expect([status, body]).toEqual([200, { status: 'ok', service: `${name}-service`, dependencies }]);
  });

  it('of operations tells of dead letters, too', async () => {
    const { status, body } = await anonymous.get('/health/operations');
    const all = { ...dependencies, deadLetters: ok };
    expect([status, body]).toEqual([200, { status: 'ok', service: 'operations-service', dependencies: all }]);
  });

  it('of what there is not is not found', async () => {
    expect((await anonymous.get('/health/nothing')).status).toBe(404);
  });
});
