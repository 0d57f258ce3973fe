import { describe, expect, it } from 'vitest';
import { healthEndpoint } from '../../shared/service/health.ts';
import { serveEndpoint } from '../../shared/service/serve-endpoint.ts';
import { service } from './kernel-bench.ts';
import { request } from './request.ts';
import { runtimeBench } from './runtime-bench.ts';

/** Asks for the health of a part, where `missing` is a service whose container is not there. */
async function healthBench(...names: readonly string[]) {
  const { runtime, transport } = await runtimeBench();
  const endpoint = healthEndpoint(
    names.map((name) => ({ name })),
    runtime,
  );
  const health = async (part?: string) => {
    const params = part === undefined ? {} : { part };
    const anonymous = request({ method: 'GET', headers: { authorization: '' }, params });
    const { status, body = '' } = await serveEndpoint(endpoint, anonymous, { service, runtime });
    return { status, body: JSON.parse(body) };
  };
  return { transport, health };
}

describe('health', () => {
  it('of a service says on what it depends, to anybody', async () => {
    const { health } = await healthBench(service);
    expect(await health(service)).toEqual({
      status: 200,
      body: {
        status: 'ok',
        service: 'counters-service',
        dependencies: { store: { status: 'ok' }, bus: { status: 'ok' } },
      },
    });
  });

  it('is degraded without the bus: what is asked for is taken, and told later', async () => {
    const { health, transport } = await healthBench(service);
    transport.ping = () => Promise.reject(new Error('connection refused'));
    const { status, body } = await health(service);
    expect([status, body.status, body.dependencies.store.status]).toEqual([200, 'degraded', 'ok']);
    expect(body.dependencies.bus).toEqual({ status: 'degraded', detail: 'Error: connection refused' });
  });

  it('is down without the store, and of all as bad as the worst', async () => {
    const { health } = await healthBench(service, 'missing');
    expect(await health('missing')).toMatchObject({ status: 503, body: { status: 'down' } });
    expect(await health(service)).toMatchObject({ status: 200 });
    for (const part of [undefined, 'ready'])
      expect(await health(part)).toMatchObject({
        status: 503,
        body: { status: 'down', services: { [service]: 'ok', missing: 'down' } },
      });
  });

  it('of a part that there is not names the parts that there are', async () => {
    const { health } = await healthBench(service);
    const { status, body } = await health('warehouse');
    expect([status, body.detail]).toEqual([404, 'there is no part warehouse: try ready, counters']);
  });
});
