import { describe, expect, it } from 'vitest';
import { reject } from '../../../shared/model/rejection.ts';
import { metricsRoute } from '../../../shared/serving/pages/metrics-route.ts';
import { serveRoute } from '../../../shared/serving/serve-route.ts';
import type { Log, LogFields } from '../../../shared/telemetry/log.ts';
import type { Metrics } from '../../../shared/telemetry/metrics.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { counted } from '../../rigs/kernel/records.ts';
import { request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

/** The values of a metric, by the values of its labels. */
async function valuesOf(metric: Metrics['consumed' | 'duplicates' | 'deadLetters' | 'retries' | 'requestUnits']) {
  const { values } = await metric.get();
  return Object.fromEntries(values.map(({ labels, value }) => [Object.values(labels).join(' '), value]));
}

describe('the metrics of a batch', () => {
  it('every event of a batch counts as consumed, and one that was handled before also as a duplicate', async () => {
    const { metrics, consume } = await consumerBench();
    const [first, second] = [counted(), counted()];
    await consume([first, second], counting());
    expect(await valuesOf(metrics.consumed)).toEqual({ 'count-up': 2 });
    expect(await valuesOf(metrics.duplicates)).toEqual({});
    await consume([first, counted()], counting());
    expect(await valuesOf(metrics.duplicates)).toEqual({ 'count-up': 1 });
    const again = counted();
    await consume([again, again], counting());
    expect(await valuesOf(metrics.duplicates)).toEqual({ 'count-up': 2 });
  });

  it('a duplicate by document is counted once, even if its group commit is retried', async () => {
    const { metrics, consume, faults } = await consumerBench();
    const onlyFirst = counting({
      once: 'by-document',
      async handle({ data }, work) {
        const counter = await work.load(Counter, 'a');
        if (!counter.exists) counter.record(Counted(data));
      },
    });
    faults.next('Batch', refuse(412));
    await consume([counted(), counted(), counted()], onlyFirst);
    expect(await valuesOf(metrics.duplicates)).toEqual({ 'count-up': 2 });
  });

  it('retries are counted by their reason, and parked events as dead letters', async () => {
    const { metrics, consume } = await consumerBench();
    const broken = counting({ handle: () => Promise.reject(new TypeError('broken')) });
    const refusing = counting({ name: 'refuse', handle: () => Promise.reject(reject('no', 'never')) });
    await consume([counted()], broken, refusing);
    expect(await valuesOf(metrics.retries)).toEqual({ 'count-up bug': 2 });
    expect(await valuesOf(metrics.deadLetters)).toEqual({ 'count-up': 1, refuse: 1 });
    expect(await valuesOf(metrics.consumed)).toEqual({ 'count-up': 1, refuse: 1 });
  });
});

it('an event that is retried is logged once, with its trace', async () => {
  const lines: [string, LogFields | undefined][] = [];
  const warn = (message: string, fields?: LogFields) => lines.push([message, fields]);
  const log: Log = { info: () => undefined, warn, error: () => undefined };
  const { consume } = await consumerBench({ log });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await consume([counted(1, { traceparent })], counting({ handle: () => Promise.reject(new TypeError('broken')) }));
  const said = { subscriber: 'count-up', traceId: '0af7651916cd43dd8448eb211c80319c', error: 'TypeError: broken' };
  expect(lines).toEqual([['event handling failed, retrying', expect.objectContaining(said)]]);
});

describe('the metrics endpoint', () => {
  const ask = async ({ runtime, container }: Awaited<ReturnType<typeof runtimeBench>>) => {
    const from = { ...request({ method: 'GET' }), url: 'http://127.0.0.1/metrics' };
    return serveRoute(metricsRoute([container], [], runtime), from, runtime);
  };

  it('the metrics endpoint reports the outbox depth and the age of its oldest document', async () => {
    const bench = await runtimeBench();
    for (const by of [1, 2]) {
      const work = bench.open('main/counters:a');
      (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by }));
      await work.commit();
    }
    const { status, headers, body } = await ask(bench);
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(body).toContain('lagerhaus_outbox_depth{container="counters"} 2\n');
    expect(body).toContain('lagerhaus_outbox_oldest_age_seconds{container="counters"} ');
  });

  it('the metrics endpoint works without the store, but omits the outbox metrics', async () => {
    const bench = await runtimeBench();
    bench.faults.always('Query', refuse(503));
    const { status, body } = await ask(bench);
    expect(status).toBe(200);
    expect(body).toContain('lagerhaus_bus_breaker_state{topic="order-events",state="closed"} 1\n');
    expect(body).not.toContain('lagerhaus_outbox_depth{');
  });

  it('the metrics endpoint reports the consumer lag by partition', async () => {
    const bench = await runtimeBench();
    bench.lag.tell('counters', { 'counters-on-platform-events': 7 });
    const { body } = await ask(bench);
    const labels = 'consumergroup="counters-on-platform-events",topic="platform-events",partition="3"';
    expect(body).toContain(`lagerhaus_consumergroup_lag{${labels}} 7\n`);
  });

  it('the metrics endpoint omits the consumer lag, rather than report zero, if the bus is away', async () => {
    const bench = await runtimeBench();
    bench.lag.tell('counters', { 'counters-on-platform-events': 7 });
    await ask(bench);
    bench.lag.answer = () => Promise.reject(new Error('away'));
    bench.clock.pass(2_000);
    const { status, body } = await ask(bench);
    expect(status).toBe(200);
    expect(body).not.toContain('lagerhaus_consumergroup_lag{');
  });
});
