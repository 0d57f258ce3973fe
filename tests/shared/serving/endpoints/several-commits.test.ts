import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../../../shared/capabilities/endpoint.ts';
import { created } from '../../../../shared/http/answer.ts';
import { reject } from '../../../../shared/model/rejection.ts';
import { Counted, Counter, Note } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { service } from '../../../rigs/kernel/kernel-bench.ts';
import { type RequestParts, request } from '../../../rigs/kernel/request.ts';
import { runtimeBench } from '../../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../../rigs/kernel/serve-endpoint.ts';

/** Begins a counter that has a name of its own: the name is claimed in one commit, the counter begun in a second one. */
const beginNamed = endpoint({
  name: 'begin-named',
  summary: 'Begins a counter under a name',
  method: 'POST',
  route: 'named-counters',
  roles: ['sales'],
  body: z.strictObject({ name: z.string(), by: z.int() }),
  answers: { 201: z.strictObject({ id: z.string(), by: z.int() }) },
  problems: ['already-exists'],
  async handle({ body: { name, by }, newId, unitOfWork }) {
    const claim = await unitOfWork(`names:${name}`).load(Note, name);
    if (!claim.exists) claim.put({ text: newId() });
    const id = claim.state.text;
    const counter = await unitOfWork(`counters:${id}`).load(Counter, id);
    if (counter.exists) throw reject('already-exists', `there is a counter ${name}`);
    counter.record(Counted({ counter: id, by }));
    return created(`counters/${id}`, { id, by });
  },
});

async function nameBench() {
  const bench = await runtimeBench();
  const begin = async (by: number, headers: RequestParts['headers'] = {}) => {
    const { status, body = '' } = await serveEndpoint(beginNamed, request({ headers, body: { name: 'a', by } }), {
      service,
      runtime: bench.runtime,
    });
    return { status, body: z.looseObject({ id: z.string().optional() }).parse(JSON.parse(body)) };
  };
  /** The counters that bear the name. */
  const named = async () => {
    const claims = await bench.documents('main/names:a');
    const counters = await Promise.all(claims.map(({ text }) => bench.documents(`main/counters:${text}`)));
    return counters.flat().filter(({ kind }) => kind === 'counter');
  };
  return { ...bench, begin, named };
}

/** Counts the try before it refuses. */
const tryInVain = endpoint({
  name: 'try-in-vain',
  summary: 'Refuses, and remembers that it did',
  method: 'POST',
  route: 'tries',
  roles: ['sales'],
  answers: { 204: z.undefined() },
  problems: ['illegal-transition'],
  async handle({ unitOfWork }) {
    const work = unitOfWork('counters:tries');
    (await work.load(Counter, 'tries')).record(Counted({ counter: 'tries', by: 1 }));
    await work.commit();
    throw reject('illegal-transition', 'not this time');
  },
});

const key = { 'idempotency-key': 'k' };
const statuses = (answers: readonly { readonly status: number }[]) => answers.map(({ status }) => status).toSorted();

describe('a request with two commits', () => {
  it('of twenty concurrent requests with two commits one succeeds, and the others get 409', async () => {
    const { begin, named } = await nameBench();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => begin(index)));
    expect(statuses(answers)).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect(await named()).toMatchObject([{ count: answers.findIndex(({ status }) => status === 201) }]);
  });

  it('twenty concurrent requests with two commits and one key are done once, with one answer', async () => {
    const { begin, named } = await nameBench();
    const answers = await Promise.all(Array.from({ length: 20 }, () => begin(5, key)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await named()).toMatchObject([{ count: 5 }]);
  });

  it('a request that loses a race after its first commit is decided again on fresh state', async () => {
    const { begin, named, faults } = await nameBench();
    const first = faults.hold('Batch');
    const slow = begin(1);
    await first.arrived(1);
    const second = faults.hold('Batch');
    first.release();
    await second.arrived(1);
    const back = faults.always('Batch', { kind: 'serve' });
    expect((await begin(2)).status).toBe(201);
    back();
    second.release();
    expect((await slow).status).toBe(409);
    expect(await named()).toMatchObject([{ count: 2 }]);
  });

  it.each([
    ['a repeat with its key', 1, key],
    ['the request of another caller', 2, {}],
  ])('a request that failed after its first of two commits is completed by %s', async (_, by, headers) => {
    const { begin, named, faults, documents } = await nameBench();
    // The claims of the key and of the name.
    faults.next('Batch', { kind: 'serve' }, { kind: 'serve' }, ...Array.from({ length: 8 }, () => refuse(503)));
    expect((await begin(1, key)).status).toBe(503);
    const [claim] = await documents('main/names:a');
    expect(await named()).toEqual([]);
    expect(await begin(by, headers)).toMatchObject({ status: 201, body: { id: claim?.text } });
    expect(await named()).toMatchObject([{ count: by }]);
  });

  it('a request may commit before it is refused, and concurrent ones each commit', async () => {
    const { runtime, container } = await runtimeBench();
    const tryOnce = () => serveEndpoint(tryInVain, request({}), { service, runtime });
    expect(statuses(await Promise.all(Array.from({ length: 8 }, tryOnce)))).toEqual(
      Array.from({ length: 8 }, () => 409),
    );
    expect((await container.read('main/counters:tries', 'counter:tries'))?.count).toBe(8);
  });

  it('a request with two commits stores its idempotent answer with the second', async () => {
    const { begin, documents } = await nameBench();
    const first = await begin(1, key);
    expect(await begin(1, key)).toEqual(first);
    expect((await begin(2, key)).status).toBe(422);
    const kinds = async (boundary: string) => (await documents(boundary)).map(({ kind }) => kind);
    expect(await kinds('main/names:a')).toEqual(['note']);
    expect(await kinds(`main/counters:${first.body.id}`)).toContain('answer');
  });
});
