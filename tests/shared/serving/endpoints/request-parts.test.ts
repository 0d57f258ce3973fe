import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../../shared/http/answer.ts';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { service } from '../../../rigs/kernel/kernel-bench.ts';
import { request } from '../../../rigs/kernel/request.ts';
import { runtimeBench } from '../../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../../rigs/kernel/serve-endpoint.ts';

const count = z.strictObject({ counter: z.string(), count: z.int() });
const boundary = 'main/counters';

/** An endpoint that counts each counter up in a part of its own, on a bench that can break it. */
async function partsBench() {
  const bench = await runtimeBench();
  const ran: string[] = [];
  /** What others do while a part is under way. */
  const meanwhile = { does: async (_counter: string): Promise<void> => undefined };
  const countAll = endpoint({
    name: 'count-all',
    summary: 'Counts counters up',
    method: 'POST',
    route: 'counts',
    roles: ['sales'],
    body: z.strictObject({ counters: z.array(z.string()) }),
    answers: { 200: z.strictObject({ counts: z.array(count) }) },
    needs: ['inParts'],
    async handle({ body: { counters }, inParts }) {
      const counts = await inParts(
        counters.map((counter) => ({
          name: counter,
          boundary: 'counters',
          result: count,
          async run(work) {
            ran.push(counter);
            const tracked = await work.load(Counter, counter);
            // Nothing is done for one that is called so.
            if (counter !== 'idle') tracked.record(Counted({ counter, by: 1 }));
            await meanwhile.does(counter);
            return { counter, count: tracked.current?.count ?? 0 };
          },
        })),
      );
      return ok({ counts: [...counts] });
    },
  });
  const ask = async (counters: readonly string[], key?: string) => {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    const response = await serveEndpoint(countAll, request({ headers, body: { counters } }), {
      service,
      runtime: bench.runtime,
    });
    const { type, counts = [] } = z
      .looseObject({ type: z.string().optional(), counts: z.array(count).optional() })
      .parse(JSON.parse(response.body ?? ''));
    return { status: response.status, type, counts: counts.map((one) => `${one.counter}=${one.count}`) };
  };
  const counted = async () => {
    const all = await bench.documents(boundary);
    return Object.fromEntries(all.flatMap(({ kind, id, count: n }) => (kind === 'counter' ? [[id.slice(8), n]] : [])));
  };
  return { ...bench, ran, meanwhile, ask, counted };
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const once = Object.fromEntries(names.map((name) => [name, 1]));
const firstAnswer = { status: 200, type: undefined, counts: names.map((name) => `${name}=1`) };

describe('a request in parts', () => {
  it('a request in parts commits each part on its own and answers in order', async () => {
    const { ask, counted } = await partsBench();
    expect(await ask(names)).toEqual(firstAnswer);
    expect(await counted()).toEqual(once);
  });

  it('a request in parts that failed halfway resumes where it stopped when repeated with its key', async () => {
    const { ask, counted, faults, ran } = await partsBench();
    // The claim of the key, and three parts.
    const back = faults.allAfter(4, 'Batch', refuse(503));
    expect(await ask(names, 'k')).toMatchObject({ status: 503, type: '/problems/unavailable' });
    const done = Object.keys(await counted());
    expect(done).toHaveLength(3);
    expect(back()).toBe(true);
    ran.length = 0;
    expect(await ask(names, 'k')).toEqual(firstAnswer);
    expect(ran.toSorted()).toEqual(names.filter((name) => !done.includes(name)));
    expect(await counted()).toEqual(once);
    expect(await ask(names, 'k')).toEqual(firstAnswer);
  });

  it('a request in parts stores the result of each part, even of one that changed nothing', async () => {
    const { ask, ran } = await partsBench();
    await ask(['idle', 'a'], 'k');
    ran.length = 0;
    expect((await ask(['idle', 'a'], 'k')).counts).toEqual(['idle=0', 'a=1']);
    expect(ran).toEqual([]);
  });

  it('a different request in parts with the same key is refused and does nothing', async () => {
    const { ask, counted } = await partsBench();
    await ask(['idle'], 'k');
    expect(await ask(['idle', 'a', 'b'], 'k')).toMatchObject({ status: 422, type: '/problems/idempotency-key-reused' });
    expect(await counted()).toEqual({});
  });

  it('a request in parts that is repeated without a key does all parts again', async () => {
    const { ask, counted } = await partsBench();
    await ask(['a', 'b']);
    expect((await ask(['a', 'b'])).counts).toEqual(['a=2', 'b=2']);
    expect(await counted()).toEqual({ a: 2, b: 2 });
  });

  it('a part that lost a race is retried alone, without the other parts', async () => {
    const { ask, counted, ran, meanwhile, open } = await partsBench();
    await ask(['a', 'b']);
    ran.length = 0;
    meanwhile.does = async (counter) => {
      if (counter !== 'a' || ran.filter((name) => name === 'a').length > 1) return;
      const other = open(boundary);
      (await other.load(Counter, 'a')).record(Counted({ counter: 'a', by: 5 }));
      await other.commit();
    };
    expect((await ask(['a', 'b'])).counts).toEqual(['a=7', 'b=2']);
    expect(await counted()).toEqual({ a: 7, b: 2 });
    expect(ran).toEqual(['a', 'a', 'b']);
  });

  it('a request in parts that is sent concurrently with one key is done once', async () => {
    const { ask, counted } = await partsBench();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(names, 'k')));
    for (const answer of answers) expect(answer).toEqual(firstAnswer);
    expect(await counted()).toEqual(once);
  });

  it('a request in parts without any part succeeds and does nothing', async () => {
    const { ask } = await partsBench();
    expect(await ask([], 'k')).toEqual({ status: 200, type: undefined, counts: [] });
  });
});
