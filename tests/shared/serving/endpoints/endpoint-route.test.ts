import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../../../shared/capabilities/endpoint.ts';
import { created, noContent, ok } from '../../../../shared/http/answer.ts';
import { reject } from '../../../../shared/model/rejection.ts';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { refuse } from '../../../rigs/kernel/fault-script.ts';
import { service } from '../../../rigs/kernel/kernel-bench.ts';
import { type RequestParts, request } from '../../../rigs/kernel/request.ts';
import { runtimeBench } from '../../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint, type TextResponse } from '../../../rigs/kernel/serve-endpoint.ts';

const View = z.strictObject({ id: z.string(), count: z.int() });

/** Makes a counter under an id of its own; what is made under one key is made in one boundary. */
const beginCounter = endpoint({
  name: 'begin-counter',
  summary: 'Begins a counter',
  method: 'POST',
  route: 'counters',
  roles: ['sales'],
  body: z.strictObject({ by: z.int(), secret: z.string().optional() }),
  answers: { 201: View },
  headers: ['etag'],
  async handle({ body: { by }, newId, unitOfWork }) {
    const id = newId();
    const work = unitOfWork(`counters:${id}`);
    const counter = await work.load(Counter, id);
    counter.record(Counted({ counter: id, by }));
    return created(`counters/${id}`, { id, count: counter.state.count }, counter.version);
  },
});

const countUp = endpoint({
  name: 'count-up',
  summary: 'Counts up',
  method: 'POST',
  route: 'counters/{id}/count',
  roles: ['sales'],
  params: z.object({ id: z.string().max(8) }),
  query: z.strictObject({ loudly: z.stringbool().optional() }),
  body: z.strictObject({ by: z.int() }),
  answers: { 200: View },
  headers: ['etag'],
  problems: ['illegal-transition', 'precondition-failed'],
  async handle({ body: { by }, params: { id }, unitOfWork, ifMatch }) {
    const counter = await unitOfWork('counters:a').load(Counter, id);
    ifMatch(counter.version);
    if (by === 13) throw reject('illegal-transition', 'not by 13');
    if (by === 12) throw reject('sku-taken', 'not what it declares');
    if (by === 11) return ok({ id, count: 0 });
    if (by === 14) throw new TypeError('the password is hunter2');
    counter.record(Counted({ counter: id, by }));
    return ok({ id, count: counter.state.count }, counter.version);
  },
});

async function apiBench() {
  const bench = await runtimeBench();
  const call = (one: Parameters<typeof serveEndpoint>[0]) => (parts: RequestParts) =>
    serveEndpoint(one, request(parts), { service, runtime: bench.runtime });
  const up = (parts: RequestParts) => call(countUp)({ params: { id: 'a' }, ...parts });
  const countOf = async () => (await bench.container.read('main/counters:a', 'counter:a'))?.count;
  return { ...bench, begin: call(beginCounter), up, countOf };
}

const bodyOf = ({ body = 'null' }: TextResponse) => JSON.parse(body);
const key = (value: string) => ({ headers: { 'idempotency-key': value } });

describe('an Idempotency-Key', () => {
  it('of eight concurrent creations with one Idempotency-Key one is done, and all get its answer', async () => {
    const { begin, documents } = await apiBench();
    const responses = await Promise.all(Array.from({ length: 8 }, () => begin({ ...key('k'), body: { by: 5 } })));
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 201));
    const bodies = new Set(responses.map(({ body }) => body));
    expect(bodies.size).toBe(1);
    expect(responses.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    const stored = await documents(`main/counters:${bodyOf(responses[0] ?? { status: 0, headers: {} }).id}`);
    expect(stored.filter(({ kind }) => kind === 'counter')).toMatchObject([{ count: 5, version: 1 }]);
    expect(stored.filter(({ kind }) => kind === 'answer')).toMatchObject([{ ttl: 86_400 }]);
  });

  it('of eight concurrent changes with one Idempotency-Key one is done, and all get its answer', async () => {
    const { up, countOf } = await apiBench();
    await up({ body: { by: 100 } });
    const responses = await Promise.all(Array.from({ length: 8 }, () => up({ ...key('k'), body: { by: 5 } })));
    expect(new Set(responses.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(await countOf()).toBe(105);
  });

  it('a repeat with an Idempotency-Key gets the first answer and its headers, whatever happened since', async () => {
    const { up, countOf } = await apiBench();
    const first = await up({ ...key('k'), body: { by: 5 } });
    await up({ body: { by: 100 } });
    const again = await up({ ...key('k'), body: '{ "by" : 5 }' });
    expect(again).toEqual({
      ...first,
      headers: { ...first.headers, 'x-request-id': expect.any(String), 'idempotency-replayed': 'true' },
    });
    expect(await countOf()).toBe(105);
  });

  it('an Idempotency-Key that is reused for another body, target or query is refused with 422', async () => {
    const { up } = await apiBench();
    await up({ ...key('k'), body: { by: 5 } });
    for (const change of [{ body: { by: 6 } }, { params: { id: 'b' } }, { query: { loudly: 'true' } }]) {
      const parts = { body: { by: 5 }, ...change };
      const response = await up({ ...key('k'), ...parts });
      expect([response.status, bodyOf(response).type]).toEqual([422, '/problems/idempotency-key-reused']);
    }
  });

  it('an Idempotency-Key belongs to one caller; another caller may use the same key', async () => {
    const { begin } = await apiBench();
    const mine = await begin({ ...key('k'), body: { by: 5 } });
    const theirs = await begin({ headers: { ...key('k').headers, authorization: 'Bearer other' }, body: { by: 7 } });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(bodyOf(mine).id).not.toBe(bodyOf(theirs).id);
  });

  it('an Idempotency-Key prevents a duplicate if the response of the store is lost', async () => {
    const { begin, faults } = await apiBench();
    faults.next('Batch', { kind: 'apply-then-drop' });
    const first = await begin({ ...key('k'), body: { by: 5 } });
    const again = await begin({ ...key('k'), body: { by: 5 } });
    expect([first.status, again.body]).toEqual([201, first.body]);
  });

  it('an Idempotency-Key stores no answer of a refused request, which may succeed later', async () => {
    const { up, countOf } = await apiBench();
    await up({ body: { by: 1 } });
    const stale = { headers: { ...key('k').headers, 'if-match': '"7"' }, body: { by: 5 } };
    expect((await up(stale)).status).toBe(412);
    expect((await up({ ...key('k'), body: { by: 5 } })).status).toBe(200);
    expect(await countOf()).toBe(6);
  });

  it.each([
    ['empty', ''],
    ['two words', 'a b'],
    ['beyond ASCII', 'ä'],
    ['too long', 'x'.repeat(256)],
  ])('an Idempotency-Key that is %s is refused with 400', async (_, value) => {
    const { begin } = await apiBench();
    const response = await begin({ ...key(value), body: { by: 1 } });
    expect([response.status, bodyOf(response).type]).toEqual([400, '/problems/invalid-idempotency-key']);
  });
});

describe('a request', () => {
  it('a request that loses a race is retried on fresh state until it commits', async () => {
    const { up, countOf } = await apiBench();
    const responses = await Promise.all(Array.from({ length: 12 }, () => up({ body: { by: 1 } })));
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200));
    expect(await countOf()).toBe(12);
    expect(new Set(responses.map((response) => bodyOf(response).count)).size).toBe(12);
  });

  it('a request whose answer is secret or empty does not store the answer under its key', async () => {
    const { runtime, documents } = await runtimeBench();
    const lend = endpoint({
      name: 'lend',
      summary: 'Gives out a secret',
      method: 'POST',
      route: 'secrets',
      roles: ['sales'],
      answers: { 200: z.string(), 204: z.undefined() },
      answersSecret: true,
      needs: ['userAgent'],
      async handle({ unitOfWork, userAgent }) {
        const counter = await unitOfWork('counters:a').load(Counter, 'a');
        counter.record(Counted({ counter: 'a', by: 1 }));
        return counter.state.count === 1 ? ok(`secret of ${userAgent}`) : noContent();
      },
    });
    const call = () =>
      serveEndpoint(lend, request({ headers: { ...key('k').headers, 'user-agent': 'me' } }), { service, runtime });
    expect((await call()).body).toBe('"secret of me"');
    const { status, headers, body } = await call();
    expect([status, headers['content-type'], body]).toEqual([204, undefined, undefined]);
    expect((await documents('main/counters:a')).map(({ kind }) => kind)).not.toContain('answer');
  });

  it.each([
    { needs: [] },
    { needs: ['signingKeys'] },
    { needs: ['ofNoTenant'] },
    { needs: ['consumers', 'userAgent'] },
  ] as const)('an endpoint context has only the optional parts that are declared: $needs', async ({ needs }) => {
    const { runtime } = await runtimeBench();
    const few = ['consumers', 'inParts', 'ofNoTenant', 'signingKeys', 'userAgent'];
    const tell = endpoint({
      name: 'tell',
      summary: 'Tells what its handler is given',
      method: 'GET',
      route: 'given',
      roles: ['sales'],
      answers: { 200: z.array(z.string()) },
      needs,
      handle: async (context) => ok(Object.keys(context).filter((name) => few.includes(name))),
    });
    const { body } = await serveEndpoint(tell, request({ method: 'GET' }), { service, runtime });
    expect(JSON.parse(body ?? '').toSorted()).toEqual(needs);
  });

  it('a request is answered only after its change is stored', async () => {
    const { up, faults, countOf } = await apiBench();
    const hold = faults.hold('Batch');
    let isAnswered = false;
    const response = up({ body: { by: 1 } }).finally(() => {
      isAnswered = true;
    });
    await hold.arrived(1);
    expect(isAnswered).toBe(false);
    hold.release();
    expect((await response).status).toBe(200);
    expect(await countOf()).toBe(1);
  });

  it('a request continues its caller’s trace in its events and in its problems', async () => {
    const { up, transport, runtime } = await apiBench();
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    await up({ headers, body: { by: 1 } });
    await runtime.dispatcher.drain();
    expect(transport.sent).toMatchObject([{ correlationid: traceId, traceparent: expect.stringContaining(traceId) }]);
    expect(bodyOf(await up({ headers, body: { by: 13 } }))).toMatchObject({ instance: traceId, status: 409 });
  });

  it('a request reads and writes only in the tenant of its token', async () => {
    const { runtime, container } = await runtimeBench();
    const other = { ...runtime, verifyToken: async () => ({ sub: 's', tenant: 'other', roles: ['admin' as const] }) };
    const one = request({ params: { id: 'a' }, body: { by: 1 }, headers: { 'x-tenant': 'main' } });
    await serveEndpoint(countUp, one, { service, runtime: other });
    expect(await container.read('main/counters:a', 'counter:a')).toBeUndefined();
    expect(await container.read('other/counters:a', 'counter:a')).toMatchObject({ count: 1 });
  });

  it.each([
    ['a rule rejects it', { body: { by: 13 } }, 409, 'illegal-transition'],
    ['its If-Match does not match', { headers: { 'if-match': '"7"' }, body: { by: 1 } }, 412, 'precondition-failed'],
    ['its body is invalid', { body: { by: 'many' } }, 422, 'invalid-body'],
    ['its query is invalid', { query: { shout: 'x' }, body: { by: 1 } }, 422, 'invalid-query'],
    ['its path parameter is invalid', { params: { id: 'far-too-long' }, body: { by: 1 } }, 404, 'not-found'],
    ['it has no token', { headers: { authorization: '' }, body: { by: 1 } }, 401, 'no-token'],
  ])('a request is refused with a problem and changes nothing if %s', async (_, parts, status, code) => {
    const { up, faults } = await apiBench();
    const response = await up(parts);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect([response.status, bodyOf(response)]).toMatchObject([status, { type: `/problems/${code}`, status }]);
    expect(faults.count('Batch')).toBe(0);
  });

  it('a request whose handler throws is answered with 500 without the error message', async () => {
    const { up } = await apiBench();
    const response = await up({ body: { by: 14 } });
    expect(response.status).toBe(500);
    expect(response.body).not.toContain('hunter2');
  });

  it.each([
    ['a problem', { by: 12 }],
    ['headers', { by: 11 }],
  ])('a handler that answers with %s that it does not declare is answered with 500', async (_, body) => {
    const { up, faults } = await apiBench();
    const response = await up({ body });
    expect([response.status, bodyOf(response).type]).toEqual([500, '/problems/internal']);
    expect(faults.count('Batch')).toBe(0);
  });

  it('a request that fails because the store is unavailable can be repeated with its key', async () => {
    const { up, faults } = await apiBench();
    const back = faults.always('Batch', refuse(503));
    const response = await up({ ...key('k'), body: { by: 1 } });
    back();
    expect([response.status, response.headers['retry-after']]).toEqual([503, '1']);
    expect((await up({ ...key('k'), body: { by: 1 } })).status).toBe(200);
  });
});
