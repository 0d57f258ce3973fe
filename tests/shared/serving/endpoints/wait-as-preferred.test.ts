import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { UnitOfWork } from '../../../../shared/persistence/commit/unit-of-work.ts';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { aCause, service } from '../../../rigs/kernel/kernel-bench.ts';
import { type RequestParts, request } from '../../../rigs/kernel/request.ts';
import { runtimeBench } from '../../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../../rigs/kernel/serve-endpoint.ts';
import { beginCounter, CounterView } from '../../../rigs/model/begun-counters.ts';
import { eventually } from '../../../rigs/stack/eventually.ts';

async function waitingBench() {
  const bench = await runtimeBench();
  const { runtime } = bench;
  const begin = async (by: number, headers: RequestParts['headers'] = {}) => {
    const answer = await serveEndpoint(beginCounter, request({ headers, body: { by } }), { service, runtime });
    return { ...answer, body: CounterView.parse(JSON.parse(answer.body ?? '')) };
  };
  /** Counts on, as a reaction would: in this process, or in another one. */
  const countBy = async (work: UnitOfWork, id: string, by: number) => {
    (await work.load(Counter, id)).record(Counted({ counter: id, by }));
    await work.commit();
  };
  const count = (id: string, by: number) =>
    countBy(runtime.openUnitOfWork({ service, boundary: `main/counters:${id}`, cause: aCause }), id, by);
  const countElsewhere = (id: string, by: number) => countBy(bench.open(`main/counters:${id}`), id, by);
  /** The counter that somebody waits for. */
  const waitedFor = () =>
    eventually(async () => {
      expect(runtime.commitWatch.size).toBe(1);
      return z.object({ counter: z.string() }).parse(bench.transport.sent[0]?.data).counter;
    });
  return { ...bench, begin, count, countElsewhere, waitedFor };
}

const tenSeconds = { prefer: 'wait=10' };
const key = { 'idempotency-key': 'k' };

describe('an answer that its caller prefers to wait for', () => {
  it('the answer comes once the thing is decided in this process, with its version of then', async () => {
    const { begin, count, waitedFor, runtime } = await waitingBench();
    const answering = begin(1, tenSeconds);
    const id = await waitedFor();
    await count(id, 2);
    await count(id, 7);
    expect(await answering).toMatchObject({
      status: 201,
      headers: { etag: '"3"', location: `counters/${id}`, 'preference-applied': 'wait=10' },
      body: { id, count: 10 },
    });
    expect(runtime.commitWatch.size).toBe(0);
  });

  it('what this process has decided is answered without a look at the store', async () => {
    const { begin, runtime, waitedFor, faults } = await waitingBench();
    const answering = begin(1, tenSeconds);
    const id = await waitedFor();
    const work = runtime.openUnitOfWork({ service, boundary: `main/counters:${id}`, cause: aCause });
    (await work.load(Counter, id)).record(Counted({ counter: id, by: 9 }));
    faults.recount();
    await work.commit();
    expect((await answering).body.count).toBe(10);
    expect(faults.count('Read')).toBe(0);
  });

  it('the answer comes once the thing is decided by another process, of which nobody tells', async () => {
    const { begin, countElsewhere, waitedFor } = await waitingBench();
    const answering = begin(1, tenSeconds);
    const id = await waitedFor();
    await countElsewhere(id, 9);
    expect((await answering).body).toEqual({ id, count: 10 });
  });

  it('what is not decided when the time is up is answered as it is then', async () => {
    const { begin, count, waitedFor, clock, runtime } = await waitingBench();
    const answering = begin(1, tenSeconds);
    const id = await waitedFor();
    await count(id, 2);
    clock.pass(10_000);
    expect(await answering).toMatchObject({
      status: 201,
      headers: { etag: '"2"', 'preference-applied': 'wait=10' },
      body: { count: 3 },
    });
    expect(runtime.commitWatch.size).toBe(0);
  });

  it('a wait ends a second before the request has to', async () => {
    const { begin, waitedFor, clock, runtime } = await waitingBench();
    const answering = begin(1, { prefer: 'wait=600' });
    await waitedFor();
    clock.pass(runtime.settings.REQUEST_TIMEOUT - 1_000);
    expect((await answering).headers).toMatchObject({ 'preference-applied': 'wait=29' });
  });

  it('what is decided already is answered without a look at the store', async () => {
    const { begin, faults } = await waitingBench();
    expect(await begin(10, tenSeconds)).toMatchObject({ status: 201, body: { count: 10 } });
    expect(faults.count('Read')).toBe(0);
  });

  it.each([
    {},
    { prefer: 'respond-async' },
    { prefer: 'wait=soon' },
  ])('nobody waits under the headers %j', async (headers) => {
    const { begin } = await waitingBench();
    const answer = await begin(1, headers);
    expect(answer).toMatchObject({ status: 201, headers: { etag: '"1"' }, body: { count: 1 } });
    expect(answer.headers).not.toHaveProperty('preference-applied');
  });

  it('a repeat under an Idempotency-Key waits, too, and is answered what is then', async () => {
    const { begin, count, waitedFor } = await waitingBench();
    const { body: first } = await begin(1, key);
    const answering = begin(1, { ...key, ...tenSeconds });
    expect(await waitedFor()).toBe(first.id);
    await count(first.id, 9);
    expect(await answering).toMatchObject({
      status: 201,
      headers: { etag: '"2"', 'idempotency-replayed': 'true', 'preference-applied': 'wait=10' },
      body: { id: first.id, count: 10 },
    });
    expect((await begin(1, { ...key, prefer: 'wait=0' })).body.count).toBe(10);
    expect((await begin(1, key)).body.count).toBe(1);
  });

  it('whoever comes while as many wait as may is answered at once', async () => {
    const { begin, runtime } = await waitingBench();
    for (let n = 0; n < 75; n += 1) void runtime.heldRequests.whileWaiting(() => new Promise(() => undefined));
    expect((await begin(1, tenSeconds)).headers).not.toHaveProperty('preference-applied');
  });
});
