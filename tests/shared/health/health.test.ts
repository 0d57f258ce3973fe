import { describe, expect, it, vi } from 'vitest';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { healthEndpoint } from '../../../shared/health/health.ts';
import { healthChecks } from '../../../shared/health/health-checks.ts';
import type { LogFields } from '../../../shared/telemetry/log.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { request } from '../../rigs/kernel/request.ts';
import { type RuntimeBench, runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

const ok = { status: 'ok' };
const busOk = { status: 'ok', name: 'a recording' };
const second = 1_000;

/** Asks for the health of parts; `missing` is a service whose container is not there. */
async function healthBench(...names: readonly string[]) {
  return healthOf(await runtimeBench(), names);
}

function healthOf(bench: RuntimeBench, names: readonly string[]) {
  const lines: unknown[] = [];
  const log = {
    ...bench.runtime.log,
    warn: (message: string, fields?: LogFields) => void lines.push({ message, ...fields }),
  };
  const settings = { ...bench.runtime.settings, DEAD_LETTERS_ALERT: 2, LAG_ALERT: 10 };
  const endpoint = healthEndpoint(
    names.map((name) => ({ name })),
    healthChecks({ ...bench.runtime, log, settings }),
  );
  const health = async (part?: string) => {
    const params = part === undefined ? {} : { part };
    const anonymous = request({ method: 'GET', headers: { authorization: '' }, params });
    const { status, body = '' } = await serveEndpoint(endpoint, anonymous, { service, runtime: bench.runtime });
    return { status, body: JSON.parse(body) };
  };
  const park = (count: number, day: string) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        bench.runtime.deadLetters.park({
          subscriber: 'count-up',
          source: { of: 'event', topic: 'platform-events', partition: 0, offset: index, raw: '' },
          subject: `event-${index}`,
          day,
          error: new Error('no'),
          attempts: 1,
          cause: { tenant: index === 0 ? 'system' : `tenant-${index}`, correlationId: 'c' },
        }),
      ),
    );
  return { ...bench, health, lines, park };
}

describe('health', () => {
  it('the health of a service lists its dependencies without authentication', async () => {
    const { health } = await healthBench(service);
    expect(await health(service)).toEqual({
      status: 200,
      body: {
        status: 'ok',
        service: 'counters-service',
        dependencies: { store: ok, bus: busOk, outbox: ok, consumers: ok },
      },
    });
  });

  it('health is degraded, not down, if the bus is unreachable', async () => {
    const { health, transport } = await healthBench(service);
    transport.ping = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:9093'));
    const { status, body } = await health(service);
    expect([status, body.status, body.dependencies.store, body.dependencies.outbox]).toEqual([200, 'degraded', ok, ok]);
    expect(body.dependencies.bus).toEqual({
      status: 'degraded',
      name: 'a recording',
      detail: expect.stringContaining('bus unreachable'),
    });
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
  });

  it('health is degraded, and names the topic, if the bus answers but a topic cannot be written', async () => {
    const { health, open, runtime, transport } = await healthBench(service);
    transport.beforeAcknowledging = () => Promise.reject(new Error('10.0.0.7 says no'));
    const work = open('main/counters:a', { onCommitted: runtime.dispatcher.dispatch.bind(runtime.dispatcher) });
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await work.commit();
    await vi.waitFor(() => expect(runtime.dispatcher.breakerOf('platform-events')).not.toBe('closed'));
    const { status, body } = await health(service);
    expect([status, body.status]).toEqual([200, 'degraded']);
    expect(body.dependencies.bus).toEqual({
      status: 'degraded',
      name: 'a recording',
      detail: 'cannot write to platform-events: their events wait in the outbox, all others are sent',
    });
    await runtime.dispatcher.drain();
  });

  it('health is degraded if an event has been in the outbox for a minute', async () => {
    const { health, open, clock } = await healthBench(service);
    const work = open('main/counters:a');
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await work.commit();
    clock.pass(59 * second);
    expect((await health(service)).body.status).toBe('ok');
    clock.pass(second);
    const { status, body } = await health(service);
    expect([status, body.status]).toEqual([200, 'degraded']);
    const detail = 'events wait in the outbox since 2026-11-22T10:00:00.000Z';
    expect(body.dependencies).toEqual({ store: ok, bus: busOk, outbox: { status: 'degraded', detail }, consumers: ok });
  });

  it('health is degraded if the dead letters of today, of all tenants and of none, exceed DEAD_LETTERS_ALERT', async () => {
    const { health, park, clock } = await healthBench(service, deadLettersContainer);
    await park(3, '2026-11-21');
    await park(2, '2026-11-22');
    expect((await health(deadLettersContainer)).body.dependencies.deadLetters).toEqual(ok);
    await park(3, '2026-11-22');
    clock.pass(second);
    const { status, body } = await health(deadLettersContainer);
    const detail = '3 dead letters of today wait for a decision, more than 2';
    expect([status, body.dependencies.deadLetters]).toEqual([200, { status: 'degraded', detail }]);
    expect(await health(service)).toMatchObject({ body: { status: 'ok' } });
    expect(await health()).toMatchObject({
      status: 200,
      body: { status: 'degraded', services: { [service]: 'ok', [deadLettersContainer]: 'degraded' } },
    });
  });

  it('the health of a service is degraded if a consumer’s lag exceeds LAG_ALERT, and names it', async () => {
    const { health, lag, clock } = await healthBench(service, deadLettersContainer);
    lag.tell(service, { 'counters-on-order-events': 10, 'counters-on-platform-events': 10 });
    expect((await health(service)).body.dependencies.consumers).toEqual(ok);
    lag.tell(service, { 'counters-on-order-events': 10, 'counters-on-platform-events': 11 });
    clock.pass(2 * second);
    const detail = 'counters-on-platform-events lags 11 events behind: more than 10';
    expect(await health(service)).toMatchObject({
      status: 200,
      body: { status: 'degraded', dependencies: { consumers: { status: 'degraded', detail } } },
    });
    expect(await health(deadLettersContainer)).toMatchObject({ body: { status: 'ok' } });
  });

  it('health is degraded if the consumer lag cannot be checked', async () => {
    const { health, lag } = await healthBench(service);
    lag.answer = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:9093'));
    const { body } = await health(service);
    const detail = 'the consumer lag could not be checked';
    expect(body.dependencies.consumers).toEqual({ status: 'degraded', detail });
  });

  it('what is not well is a line of the log, and one more every five minutes for as long as it lasts', async () => {
    const { health, lag, lines, clock } = await healthBench(service);
    const linesIn = async (ms: number, events: number) => {
      clock.pass(ms);
      lag.tell(service, { 'counters-on-platform-events': events });
      await health(service);
      return lines.length;
    };
    expect(await linesIn(0, 11)).toBe(1);
    expect(lines).toEqual([
      {
        message: 'dependency unhealthy',
        dependency: 'consumers',
        error: 'counters-on-platform-events lags 11 events behind: more than 10',
      },
    ]);
    expect(await linesIn(2 * second, 12)).toBe(1);
    expect(await linesIn(300 * second, 13)).toBe(2);
    expect(await linesIn(2 * second, 0)).toBe(2);
    expect(await linesIn(2 * second, 11)).toBe(3);
  });

  it('a dependency that cannot be asked is a line of the log with the reason, and another reason is another line', async () => {
    const { health, transport, lines, clock } = await healthBench(service);
    const linesIn = async (ms: number, reason: string) => {
      clock.pass(ms);
      transport.ping = () => Promise.reject(new Error(reason));
      await health(service);
      return lines.length;
    };
    expect(await linesIn(0, 'no route')).toBe(1);
    expect(lines).toEqual([{ message: 'dependency unhealthy', dependency: 'bus', error: 'Error: no route' }]);
    expect(await linesIn(second, 'no route')).toBe(1);
    expect(await linesIn(second, 'refused')).toBe(2);
    expect(await linesIn(300 * second, 'refused')).toBe(3);
  });

  it('concurrent health checks query the consumer lag once for all services', async () => {
    const { health, lag } = await healthBench(service, deadLettersContainer);
    await Promise.all([health(), health(service), health(deadLettersContainer)]);
    expect(lag.asked).toBe(1);
  });

  it('health is down without the store, and the overall health is that of the worst service', async () => {
    const { health } = await healthBench(service, 'missing');
    expect(await health('missing')).toMatchObject({ status: 503, body: { status: 'down' } });
    expect(await health(service)).toMatchObject({ status: 200 });
    for (const part of [undefined, 'ready'])
      expect(await health(part)).toMatchObject({
        status: 503,
        body: {
          status: 'down',
          dependencies: {
            store: { status: 'down', detail: expect.stringContaining('Cosmos DB unreachable') },
            bus: busOk,
          },
          services: { [service]: 'ok', missing: 'down' },
        },
      });
  });

  it('health is degraded if the account reads at weaker consistency than Strong or Bounded staleness', async () => {
    const { health } = healthOf(await runtimeBench(undefined, { consistency: 'Session' }), [service]);
    const { status, body } = await health(service);
    const detail = expect.stringContaining("Set the account's default consistency to Strong");
    expect([status, body.dependencies.store]).toEqual([200, { status: 'degraded', detail }]);
  });

  it.each([
    ['refuses access', 403, 'COSMOS_KEY'],
    ['has no container of the service', 404, 'npm run provision'],
  ])('health is down if the store %s, and says what to look at', async (_, status, hint) => {
    const { health, faults } = await healthBench(service);
    faults.always('ReadContainer', refuse(status));
    const { store } = (await health(service)).body.dependencies;
    expect(store).toEqual({ status: 'down', detail: expect.stringContaining(hint) });
  });

  it('health checks query the store at most once a second', async () => {
    const { health, faults, clock } = await healthBench(service);
    const asked = () => faults.count('Query');
    await Promise.all([health(), health(service), health('ready')]);
    expect(asked()).toBe(1);
    clock.pass(second);
    await health();
    expect(asked()).toBe(2);
  });

  it('a process that answers is alive, whatever it depends on, and asks nothing to tell so', async () => {
    const { health, faults } = await healthBench('missing');
    const asked = () => [faults.count('ReadContainer'), faults.count('Query')];
    const before = asked();
    expect(await health('live')).toEqual({ status: 200, body: { status: 'ok', dependencies: {} } });
    expect(asked()).toEqual(before);
  });

  it('the health of an unknown part is a 404 that names the known parts', async () => {
    const { health } = await healthBench(service);
    const { status, body } = await health('warehouse');
    expect([status, body.detail]).toEqual([404, 'there is no part warehouse: try ready, counters']);
  });
});
