import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { deadline } from '../../../shared/capabilities/deadline.ts';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counted, Counter, counting } from '../../rigs/kernel/counter.ts';
import { kernelBench, service } from '../../rigs/kernel/kernel-bench.ts';
import { counted } from '../../rigs/kernel/records.ts';
import { request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';
import { recordSpans } from '../../rigs/kernel/span-recorder.ts';

const boundary = 'main/counters:a';
const traceIds = ['0af7651916cd43dd8448eb211c80319c', '1bf7651916cd43dd8448eb211c80319c'] as const;
const traceparents = traceIds.map((traceId) => `00-${traceId}-b7ad6b7169203331-01`);
const [one, other] = traceparents;

describe('a batch of events of several traces', () => {
  it('events handled in one group commit each have reaction and commit spans in their own trace', async () => {
    const { tracing, spans } = recordSpans();
    const bench = await consumerBench({ tracing });
    await bench.consume(
      traceparents.map((traceparent) => counted(1, { traceparent })),
      counting(),
    );
    for (const traceId of traceIds) {
      const names = spans().flatMap((span) => (span.traceId === traceId ? [span.name] : []));
      expect(names).toEqual(['process platform-events', 'execute_batch counters']);
    }
  });

  it('events handled in one group commit pass their own trace on to the events they cause', async () => {
    const { tracing, spans } = recordSpans();
    const bench = await consumerBench({ tracing });
    await bench.consume(
      traceparents.map((traceparent) => counted(1, { traceparent })),
      counting(),
    );
    const reactions = spans().filter(({ name }) => name.startsWith('process'));
    expect(reactions.map(({ parent }) => parent)).toEqual([one, other]);
    const told = (await bench.owed(boundary)).map(({ envelope }) => envelope.traceparent);
    expect(told).toEqual(reactions.map(({ traceparent }) => traceparent));
  });
});

describe('the span of a reaction', () => {
  it('the span of a reaction names the subscriber and the event', async () => {
    const { tracing, spans } = recordSpans();
    await (await consumerBench({ tracing })).consume([counted(1, { traceparent: one })], counting());
    expect(spans()[0]?.attributes).toMatchObject({
      'messaging.system': 'kafka',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'platform-events',
      'messaging.destination.subscription.name': 'count-up',
      'messaging.consumer.group.name': 'counters-on-platform-events',
      'cloudevents.event_type': 'test.counted',
    });
  });

  it('the span of a reaction is an error only if the reaction fails', async () => {
    const { tracing, spans } = recordSpans();
    const bench = await consumerBench({ tracing });
    const picky = counting({
      async handle({ data, traceparent }, work) {
        if (traceparent === other) throw reject('picky', 'not this one');
        (await work.load(Counter, data.counter)).record(Counted(data));
      },
    });
    await bench.consume(
      traceparents.map((traceparent) => counted(1, { traceparent })),
      picky,
    );
    const reactions = spans().filter(({ name }) => name.startsWith('process'));
    expect(reactions.map(({ isError }) => isError)).toEqual([false, true]);
    expect(reactions[1]?.attributes['error.type']).toBe('Rejection');
  });
});

const countUp = endpoint({
  name: 'count-up',
  summary: 'Counts up',
  method: 'POST',
  route: 'counters',
  roles: 'public',
  body: z.object({ by: z.int() }),
  answers: { 200: z.object({}) },
  async handle({ body: { by }, unitOfWork }) {
    if (by === 14) throw new Error('broken');
    (await unitOfWork('counters:a').load(Counter, 'a')).record(Counted({ counter: 'a', by }));
    return ok({});
  },
});

describe('the span of a commit', () => {
  it('the span of a commit says in which database of which account it was, and what all its requests were charged', async () => {
    const { tracing, spans } = recordSpans();
    const bench = await kernelBench();
    const charges: number[] = [];
    const work = bench.open(boundary, { tracing, charge: (_, units) => charges.push(units) });
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    charges.length = 0;
    bench.faults.next('Batch', { kind: 'apply-then-drop' });
    await work.commit();
    expect(charges.length).toBeGreaterThan(1);
    expect(spans()[0]?.attributes).toMatchObject({
      'db.system.name': 'azure.cosmosdb',
      'db.namespace': 'test',
      'db.collection.name': 'counters',
      'azure.cosmosdb.operation.request_charge': charges.reduce((sum, units) => sum + units),
      'server.address': '127.0.0.1',
      'server.port': Number(bench.container.endpoint.port),
    });
  });
});

describe('the span of a request', () => {
  it('the span of a request is a child of its caller and the parent of its commit and events', async () => {
    const { tracing, spans } = recordSpans();
    const bench = await runtimeBench(tracing);
    const headers = { traceparent: one ?? '' };
    await serveEndpoint(countUp, request({ headers, body: { by: 1 } }), { service, runtime: bench.runtime });
    await bench.runtime.dispatcher.drain();
    const [commit, sent] = spans().filter(({ name }) => !name.startsWith('POST'));
    const served = spans().find(({ name }) => name === 'POST /api/v1/counters');
    expect(served?.parent).toBe(one);
    expect([commit?.parent, sent?.parent]).toEqual([served?.traceparent, served?.traceparent]);
    expect(bench.transport.sent[0]?.traceparent).toBe(served?.traceparent);
    expect([commit?.name, sent?.name]).toEqual(['execute_batch counters', 'send platform-events']);
  });

  it.each([
    { by: 1, status: 200, isError: false },
    { by: 'many', status: 422, isError: false },
    { by: 14, status: 500, isError: true },
  ])('the span of a request with body $by has status $status', async ({ by, status, isError }) => {
    const { tracing, spans } = recordSpans();
    const { runtime } = await runtimeBench(tracing);
    const { body } = await serveEndpoint(countUp, request({ body: { by } }), { service, runtime });
    const served = spans().find(({ name }) => name.startsWith('POST'));
    expect(served).toMatchObject({ isError, attributes: { 'http.response.status_code': status } });
    if (status !== 200) expect(body).toContain(served?.traceId);
  });
});

it('a failed send is an error span in the trace of its event, and the retry is not', async () => {
  const { tracing, spans } = recordSpans();
  const bench = await runtimeBench(tracing);
  const onCommitted = bench.runtime.dispatcher.dispatch.bind(bench.runtime.dispatcher);
  let isAway = true;
  bench.transport.beforeAcknowledging = async () => {
    if (!isAway) return;
    isAway = false;
    throw new Error('connection refused');
  };
  for (const traceparent of traceparents) {
    const cause = { tenant: 'main', correlationId: 'c', traceparent };
    const work = bench.open(boundary, { cause, onCommitted });
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await work.commit();
  }
  await vi.waitFor(() => expect(bench.transport.sent).toHaveLength(2));
  const sends = spans().filter(({ name }) => name === 'send platform-events');
  expect(sends.map(({ parent, isError }) => [parent, isError])).toEqual([
    [one, true],
    [one, false],
    [other, false],
  ]);
});

describe('the span of a sweep', () => {
  it('the span of a sweep belongs to the trace of the events that it sends', async () => {
    const { tracing, spans } = recordSpans();
    const bench = await runtimeBench(tracing);
    const work = bench.open(boundary, { cause: { tenant: 'main', correlationId: 'c', traceparent: one } });
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1 }));
    await work.commit();
    bench.clock.pass(10_000);
    await sweep([{ name: service, deadlines: [] }], bench.runtime);
    const seen = spans().map(({ name, parent }) => [name, parent]);
    expect(seen).toEqual([
      ['send platform-events', one],
      ['sweep counters', one],
    ]);
  });

  it('the span of a sweep starts a new trace for a due deadline, and its events continue it', async () => {
    const { tracing, spans } = recordSpans();
    const bench = await runtimeBench(tracing);
    const work = bench.open(boundary);
    (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by: 1, dueAt: '2026-11-22T10:00:05.000Z' }));
    await work.commit();
    bench.clock.pass(5_000);
    const countOnce = deadline({
      name: 'count-once',
      on: Counter,
      async handle(counter) {
        counter.record(Counted({ counter: counter.id, by: 1, dueAt: '2026-11-30T00:00:00.000Z' }));
      },
    });
    await sweep([{ name: service, deadlines: [countOnce] }], bench.runtime);
    await bench.runtime.dispatcher.drain();
    const visit = spans().find(({ name }) => name === 'sweep counters');
    expect(visit?.parent).toBeUndefined();
    expect(bench.transport.sent[0]?.traceparent).toBe(visit?.traceparent);
  });
});
