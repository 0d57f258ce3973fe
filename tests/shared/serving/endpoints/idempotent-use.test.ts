import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../../shared/http/answer.ts';
import { reject } from '../../../../shared/model/rejection.ts';
import { createSigningKeys, rotateSigningKeys, type SigningKeys } from '../../../../shared/security/signing-keys.ts';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { service } from '../../../rigs/kernel/kernel-bench.ts';
import { request } from '../../../rigs/kernel/request.ts';
import { runtimeBench } from '../../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../../rigs/kernel/serve-endpoint.ts';

const Count = z.strictObject({ at: z.string(), by: z.int().default(1), note: z.string().optional() });
const Counts = z.object({ id: z.string(), count: z.int() });

/** Counts in whichever boundary the body names. */
const countAt = (roles: 'public' | readonly ['sales'], takesSecret = false) =>
  endpoint({
    name: 'count-at',
    summary: 'Counts up',
    method: 'POST',
    route: 'counts',
    roles,
    body: Count,
    takesSecret,
    answers: { 200: Counts },
    problems: ['illegal-transition'],
    async handle({ body: { at, by }, newId, unitOfWork }) {
      const counter = await unitOfWork(`counters:${at}`).load(Counter, at);
      if (by === 13) throw reject('illegal-transition', 'not by 13');
      counter.record(Counted({ counter: at, by }));
      return ok({ id: newId(), count: counter.state.count });
    },
  });

async function keyBench(called = countAt(['sales'])) {
  const bench = await runtimeBench();
  const ask = async (body: z.input<typeof Count>, keys: SigningKeys = { keys: [] }) => {
    const signingKeys = { now: () => keys, recent: () => keys };
    const response = await serveEndpoint(called, request({ headers: { 'idempotency-key': 'k' }, body }), {
      service,
      runtime: { ...bench.runtime, signingKeys },
    });
    const told = z.looseObject({ type: z.string().optional(), id: z.string().optional() });
    const { type, id } = told.parse(JSON.parse(response.body ?? ''));
    return { status: response.status, type, id, isRepeat: response.headers['idempotency-replayed'] === 'true' };
  };
  const countOf = async (at: string) => (await bench.container.read(`main/counters:${at}`, `counter:${at}`))?.count;
  return { ...bench, ask, countOf };
}

const reused = { status: 422, type: '/problems/idempotency-key-reused' };

describe('a request under an Idempotency-Key', () => {
  it('a request is the same under its key whatever the order of its members, with its defaults or without', async () => {
    const { ask, countOf } = await keyBench();
    await ask({ at: 'a', note: 'x' });
    expect(await ask({ note: 'x', by: 1, at: 'a' })).toMatchObject({ status: 200, isRepeat: true });
    expect(await countOf('a')).toBe(1);
  });

  it('a key that is used for another boundary is refused with 422, and nothing is done there', async () => {
    const { ask, countOf } = await keyBench();
    await ask({ at: 'a' });
    expect(await ask({ at: 'b' })).toMatchObject(reused);
    expect([await countOf('a'), await countOf('b')]).toEqual([1, undefined]);
  });

  it('of eight concurrent requests under one key that write different boundaries one is done', async () => {
    const { ask, countOf } = await keyBench();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const statuses = (await Promise.all(names.map((at) => ask({ at })))).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 422)]);
    const counted = await Promise.all(names.map(countOf));
    expect(counted).toEqual(statuses.map((status) => (status === 200 ? 1 : undefined)));
  });

  it('a request that breaks off after its key was claimed is completed by its repeat, and by no other request', async () => {
    const { ask, countOf, faults } = await keyBench();
    faults.next('Batch', { kind: 'serve' }, ...Array.from({ length: 8 }, () => refuse(503)));
    expect((await ask({ at: 'a' })).status).toBe(503);
    expect(await ask({ at: 'b' })).toMatchObject(reused);
    expect(await ask({ at: 'a' })).toMatchObject({ status: 200, isRepeat: false });
    expect(await ask({ at: 'a' })).toMatchObject({ status: 200, isRepeat: true });
    expect([await countOf('a'), await countOf('b')]).toEqual([1, undefined]);
  });

  it('a request whose claim of the key was written though the answer of the store was lost is done once', async () => {
    const { ask, countOf, faults } = await keyBench();
    faults.next('Batch', { kind: 'apply-then-drop' });
    expect((await ask({ at: 'a' })).status).toBe(200);
    expect(await ask({ at: 'a' })).toMatchObject({ status: 200, isRepeat: true });
    expect(await countOf('a')).toBe(1);
  });

  it('a refused request claims no key, so another request may use it', async () => {
    const { ask, countOf } = await keyBench();
    expect((await ask({ at: 'a', by: 13 })).status).toBe(409);
    expect((await ask({ at: 'b' })).status).toBe(200);
    expect([await countOf('a'), await countOf('b')]).toEqual([undefined, 1]);
  });

  it('a key costs a request one read and one commit more', async () => {
    const { ask, faults } = await keyBench();
    await ask({ at: 'a' });
    expect([faults.count('Read'), faults.count('Batch')]).toEqual([2, 2]);
  });
});

describe('an Idempotency-Key on a public route', () => {
  it('strangers who send different requests under one key are each served, with ids of their own', async () => {
    const { ask, countOf } = await keyBench(countAt('public'));
    const [ann, bob] = await Promise.all([ask({ at: 'a' }), ask({ at: 'b' })]);
    expect([ann, bob]).toMatchObject([
      { status: 200, isRepeat: false },
      { status: 200, isRepeat: false },
    ]);
    expect(ann.id).not.toBe(bob.id);
    expect(await ask({ at: 'a' })).toEqual({ ...ann, isRepeat: true });
    expect([await countOf('a'), await countOf('b')]).toEqual([1, 1]);
  });

  it('what is kept of a request on a public route is gone after ten minutes', async () => {
    const { ask, documents } = await keyBench(countAt('public'));
    await ask({ at: 'a' });
    const answers = (await documents('main/counters:a')).filter(({ kind }) => kind === 'answer');
    expect(answers).toMatchObject([{ ttl: 600 }]);
  });
});

describe('an Idempotency-Key of a request with a secret', () => {
  it('a request with a secret is known again after the keys of the app were rotated', async () => {
    const { ask, countOf } = await keyBench(countAt(['sales'], true));
    const older: SigningKeys = JSON.parse(await createSigningKeys());
    const rotated: SigningKeys = JSON.parse(await rotateSigningKeys(older, { now: new Date(), retireAfterMs: 60_000 }));
    await ask({ at: 'a' }, older);
    expect(await ask({ at: 'a' }, rotated)).toMatchObject({ status: 200, isRepeat: true });
    expect(await ask({ at: 'b' }, rotated)).toMatchObject(reused);
    expect(await countOf('a')).toBe(1);
  });
});
