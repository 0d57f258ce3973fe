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

describe('of the events of a batch', () => {
  it('each is consumed, and one that was handled before is a duplicate besides', async () => {
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

  it('one that the state shows to be done is a duplicate, once, however often its group is run', async () => {
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

  it('further tries count by what they failed of, and what is given up counts as a dead letter', async () => {
    const { metrics, consume } = await consumerBench();
    const broken = counting({ handle: () => Promise.reject(new TypeError('broken')) });
    const refusing = counting({ name: 'refuse', handle: () => Promise.reject(reject('no', 'never')) });
    await consume([counted()], broken, refusing);
    expect(await valuesOf(metrics.retries)).toEqual({ 'count-up bug': 2 });
    expect(await valuesOf(metrics.deadLetters)).toEqual({ 'count-up': 1, refuse: 1 });
    expect(await valuesOf(metrics.consumed)).toEqual({ 'count-up': 1, refuse: 1 });
  });
});

it('an event that is tried again is in the log once, with its trace', async () => {
  const lines: [string, LogFields | undefined][] = [];
  const warn = (message: string, fields?: LogFields) => lines.push([message, fields]);
  const log: Log = { info: () => undefined, warn, error: () => undefined };
  const { consume } = await consumerBench({ log });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await consume([counted(1, { traceparent })], counting({ handle: () => Promise.reject(new TypeError('broken')) }));
  const said = { subscriber: 'count-up', traceId: '0af7651916cd43dd8448eb211c80319c', error: 'TypeError: broken' };
  expect(lines).toEqual([['event handling failed, retrying', expect.objectContaining(said)]]);
});

describe('the page of metrics', () => {
  const ask = async ({ runtime, container }: Awaited<ReturnType<typeof runtimeBench>>) => {
    const from = { ...request({ method: 'GET' }), url: 'http://127.0.0.1/metrics' };
    return serveRoute(metricsRoute([container], runtime), from, runtime);
  };

  it('says how many commits wait, and how long the oldest does', async () => {
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

  it('is there while the store is away, without what only the store knows', async () => {
    const bench = await runtimeBench();
    bench.faults.always('Query', refuse(503));
    const { status, body } = await ask(bench);
    expect(status).toBe(200);
    expect(body).toContain('lagerhaus_bus_breaker_state{state="closed"} 1\n');
    expect(body).not.toContain('lagerhaus_outbox_depth{');
  });

  it('says how far each consumer is behind, by partition', async () => {
    const bench = await runtimeBench();
    bench.lag.tell('counters', { 'counters-on-platform-events': 7 });
    const { body } = await ask(bench);
    const labels = 'consumergroup="counters-on-platform-events",topic="platform-events",partition="3"';
    expect(body).toContain(`lagerhaus_consumergroup_lag{${labels}} 7\n`);
  });

  it('has no lag while the bus is away, which is not the same as none', async () => {
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
