import { describe, expect, it } from 'vitest';
import { endpoint } from '../../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../../shared/http/answer.ts';
import { endpointRoute } from '../../../../shared/serving/endpoints/endpoint-route.ts';
import { serveRoute } from '../../../../shared/serving/serve-route.ts';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { aCause, service } from '../../../rigs/kernel/kernel-bench.ts';
import { type RequestParts, request } from '../../../rigs/kernel/request.ts';
import { runtimeBench } from '../../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../../rigs/kernel/serve-endpoint.ts';
import { beginCounter, beginning, CounterView, onceAtTen } from '../../../rigs/model/begun-counters.ts';

const countedElsewhere = endpoint({ ...beginning, decidedBy: { consumers: ['count-elsewhere'], keyOf: () => 'all' } });

const showCounter = endpoint({
  name: 'show-counter',
  summary: 'Shows a counter',
  method: 'GET',
  route: 'counters',
  roles: ['sales'],
  answers: { 200: CounterView },
  decidedLater: onceAtTen,
  handle: async () => ok({ id: 'a', count: 1 }),
});

/** A process that decides 64 counters a second, and has as many undecided as it may. */
async function fullBench() {
  const bench = await runtimeBench();
  const { runtime, clock } = bench;
  const begin = (headers: RequestParts['headers'] = {}, body: unknown = { by: 1 }) =>
    serveEndpoint(beginCounter, request({ headers, body }), { service, runtime });
  const begun = async (headers: RequestParts['headers'] = {}) => {
    const answer = await begin(headers);
    expect(answer.status).toBe(201);
    return CounterView.parse(JSON.parse(answer.body ?? '')).id;
  };
  const decide = async (id: string) => {
    const work = runtime.openUnitOfWork({ service, boundary: `main/counters:${id}`, cause: aCause });
    (await work.load(Counter, id)).record(Counted({ counter: id, by: 9 }));
    await work.commit();
  };
  const several = () => Promise.all(Array.from({ length: 32 }, () => begun()));
  for (let n = 0; n < 8; n += 1) {
    const ids = await several();
    clock.pass(500);
    await Promise.all(ids.map(decide));
  }
  const undecided: string[] = [];
  for (let n = 0; n < 31; n += 1) undecided.push(await begun());
  undecided.push(await begun({ 'idempotency-key': 'answered' }));
  return { ...bench, begin, begun, decide, undecided };
}

const overloaded = {
  status: 503,
  headers: { 'retry-after': '1', 'content-type': 'application/problem+json' },
  body: expect.stringContaining('/problems/overloaded'),
};

describe('an endpoint whose things are decided later', () => {
  it('where more is undecided than can be decided in time, a request is refused before anything is done, and counted', async () => {
    const { begin, faults, runtime } = await fullBench();
    faults.recount();
    // It is not even read.
    expect(await begin({}, { by: 'no number' })).toMatchObject(overloaded);
    expect(['Read', 'Query', 'Batch'].map((operation) => faults.count(operation))).toEqual([0, 0, 0]);
    const { values } = await runtime.metrics.overloaded.get();
    expect(values).toMatchObject([{ labels: { endpoint: 'begin-counter', reason: 'undecided' }, value: 1 }]);
  });

  it('once something is decided, the next request is let in', async () => {
    const { begin, decide, undecided } = await fullBench();
    const waiting = begin();
    await decide(undecided[0] ?? '');
    expect(await waiting).toMatchObject({ status: 201 });
  });

  it('a refusal is not kept under its key, which is good for the next try', async () => {
    const { begin, decide, undecided } = await fullBench();
    const headers = { 'idempotency-key': 'k' };
    expect(await begin(headers)).toMatchObject(overloaded);
    await decide(undecided[0] ?? '');
    const answer = await begin(headers);
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.headers).not.toHaveProperty('idempotency-replayed');
  });

  it('a request that was accepted under its key is answered as before', async () => {
    const { begin, undecided } = await fullBench();
    expect(await begin({ 'idempotency-key': 'answered' })).toMatchObject({
      status: 201,
      headers: { 'idempotency-replayed': 'true' },
      body: expect.stringContaining(undecided.at(-1) ?? 'nothing'),
    });
  });

  it('whoever looks is not refused for what others make', async () => {
    const { runtime } = await fullBench();
    const answer = await serveEndpoint(showCounter, request({ method: 'GET' }), { service, runtime });
    expect(answer.status).toBe(200);
  });

  it('a request that fails takes no place', async () => {
    const { begin, begun, decide, undecided } = await fullBench();
    await decide(undecided[0] ?? '');
    expect(await begin({}, { by: 'no number' })).toMatchObject({ status: 422 });
    await begun();
  });
});

/** A process that is told of no decision, and a consumer elsewhere that reads ten events a second of twenty that come. */
async function behindBench() {
  const bench = await runtimeBench();
  const { runtime, clock, lag, consumers } = bench;
  consumers.push({ name: 'count-elsewhere', service, topic: 'order-events', reactions: [], erasable: [] });
  const route = endpointRoute(countedElsewhere, { service, runtime });
  const begin = () => serveRoute(route, request({ body: { by: 1 } }), runtime);
  let [committed, newest] = [0, 0];
  lag.answer = async () => {
    const progress = { partition: 0, committed, newest, lag: newest - committed };
    return [{ group: 'count-elsewhere', service, topic: 'order-events', total: progress.lag, partitions: [progress] }];
  };
  const pass = async (read: number, come: number) => {
    clock.pass(500);
    committed += read;
    newest += come;
    const asked = lag.asked;
    const answer = await begin();
    expect(lag.asked).toBe(asked + 1);
    return answer.status;
  };
  return { ...bench, begin, pass };
}

describe('an endpoint whose things another process decides', () => {
  it('a request is refused once the consumer that decides is further behind than it may be, and taken again when it is not', async () => {
    const { pass, begin, runtime } = await behindBench();
    await pass(0, 100);
    for (let n = 0; n < 6; n += 1) await pass(5, 10);
    const answers = [await begin(), await begin()];
    expect(answers).toContainEqual(expect.objectContaining({ status: 503 }));
    const { values } = await runtime.metrics.overloaded.get();
    expect(values).toMatchObject([{ labels: { endpoint: 'begin-counter', reason: 'lag' } }]);
    await pass(130, 0);
    expect(await begin()).toMatchObject({ status: 201 });
  });

  it('while the bus does not tell how far they are, everything is taken', async () => {
    const { begin, lag } = await behindBench();
    lag.answer = () => Promise.reject(new Error('the bus is away'));
    for (let n = 0; n < 50; n += 1) expect((await begin()).status).toBe(201);
  });

  it('a consumer that there is not is a mistake that shows at the start', async () => {
    const { runtime } = await runtimeBench();
    expect(() => endpointRoute(countedElsewhere, { service, runtime })).toThrow(
      'begin-counter is decided by count-elsewhere, and there is no such consumer',
    );
  });
});
