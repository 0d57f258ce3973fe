import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { RateLimiter } from '../../../shared/http/rate-limiter.ts';
import type { Runtime } from '../../../shared/runtime/runtime.ts';
import { InvalidTokenError } from '../../../shared/security/token-issuer.ts';
import { endpointRoute } from '../../../shared/serving/endpoints/endpoint-route.ts';
import { serveRoute } from '../../../shared/serving/serve-route.ts';
import { unmatchedRoute } from '../../../shared/serving/unmatched-route.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import type { LogFields } from '../../../shared/telemetry/log.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { type RequestParts, request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';

const countUp = endpoint({
  name: 'count-up',
  summary: 'Counts up',
  method: 'POST',
  route: 'counters/{id}',
  roles: ['sales'],
  params: z.object({ id: z.string() }),
  body: z.strictObject({ by: z.int() }),
  answers: { 200: z.strictObject({ count: z.int() }) },
  async handle({ body: { by }, params: { id }, unitOfWork }) {
    const counter = await unitOfWork(`counters:${id}`).load(Counter, id);
    counter.record(Counted({ counter: id, by }));
    return ok({ count: counter.state.count });
  },
});

async function routeBench(changed: Partial<Settings> = {}) {
  const bench = await runtimeBench();
  const lines: LogFields[] = [];
  const log = { ...bench.runtime.log, info: (_: string, fields: LogFields = {}) => lines.push(fields) };
  const under = (settings: Partial<Settings>) => {
    const runtime = { ...bench.runtime, log, settings: { ...bench.runtime.settings, ...changed, ...settings } };
    return { runtime, route: endpointRoute(countUp, { service, runtime }) };
  };
  return {
    ...bench,
    lines,
    call(parts: RequestParts, settings: Partial<Settings> = {}, ofHost?: string) {
      const { runtime, route } = under(settings);
      return serveRoute(route, request({ params: { id: 'a' }, ...parts }), runtime, ofHost);
    },
    refused(changes: Partial<Runtime>) {
      const { runtime, route } = under({});
      return serveRoute(route, request({ params: { id: 'a' }, body: { by: 1 } }), { ...runtime, ...changes });
    },
    stray(parts: RequestParts) {
      const { runtime, route } = under({});
      return serveRoute(unmatchedRoute([route], runtime.settings), request(parts), runtime);
    },
  };
}

describe('response headers', () => {
  it.each<[string, RequestParts, number]>([
    ['success', { body: { by: 1 } }, 200],
    ['problem', { body: { by: 'x' } }, 422],
    ['unauthenticated', { headers: { authorization: '' } }, 401],
  ])('a response (%s) forbids caching, framing and content sniffing', async (_, parts, status) => {
    const { call } = await routeBench();
    expect(await call(parts)).toMatchObject({
      status,
      headers: {
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      },
    });
  });

  it('CORS headers let configured origins, and no others, read responses and problems', async () => {
    const origin = 'https://shop.example.com';
    const { call } = await routeBench({ CORS_ORIGINS: [origin] });
    for (const body of [{ by: 1 }, { by: 'x' }]) {
      const { headers } = await call({ headers: { origin }, body });
      expect(headers).toMatchObject({ 'access-control-allow-origin': origin, vary: 'Origin' });
    }
    const elsewhere = await call({ headers: { origin: 'https://elsewhere.example' }, body: { by: 1 } });
    expect(elsewhere.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a request that times out', () => {
  const impatient = { REQUEST_TIMEOUT: 100 };

  it('a request that times out is answered with 503 and is done once when it is repeated', async () => {
    const { call, faults, documents } = await routeBench();
    const once = { headers: { 'idempotency-key': 'k' }, body: { by: 5 } };
    const hold = faults.hold('Batch');
    const { status, headers, body = '' } = await call(once, impatient);
    expect([status, headers['retry-after'], JSON.parse(String(body)).type]).toEqual([503, '1', '/problems/timed-out']);
    hold.release();
    expect((await call(once)).status).toBe(200);
    const stored = await documents('main/counters:a');
    expect(stored.filter(({ kind }) => kind === 'counter')).toMatchObject([{ count: 5 }]);
  });

  it('a request that timed out before its commit never commits', async () => {
    const { call, faults, documents } = await routeBench();
    const hold = faults.hold('Read');
    expect((await call({ body: { by: 5 } }, impatient)).status).toBe(503);
    hold.release();
    // What was held goes on before a later request is through.
    expect((await call({ body: { by: 1 } })).status).toBe(200);
    const stored = await documents('main/counters:a');
    expect(stored.filter(({ kind }) => kind === 'counter')).toMatchObject([{ count: 1 }]);
  });
});

describe('the request log', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('the request log has trace, route, status, duration, request units, subject and tenant', async () => {
    const { call, lines } = await routeBench();
    await call({ headers: { authorization: 'Bearer anna', traceparent }, body: { by: 1 } });
    expect(lines).toEqual([
      {
        requestId: expect.any(String),
        traceId: '0af7651916cd43dd8448eb211c80319c',
        route: 'POST /api/v1/counters/{id}',
        status: 200,
        durationMs: expect.any(Number),
        requestUnits: expect.any(Number),
        sub: 'anna',
        tenant: 'main',
        account: undefined,
        address: undefined,
      },
    ]);
    // A point read that finds nothing is 1; the commit of two documents is more than 10.
    expect(lines[0]?.requestUnits).toBeGreaterThan(10);
  });

  it('the request log counts the request units of lost races too', async () => {
    const { call, lines, faults } = await routeBench();
    await call({ body: { by: 1 } });
    const race = faults.hold('Batch');
    const racing = [call({ body: { by: 1 } }), call({ body: { by: 1 } })];
    await race.arrived(2);
    race.release();
    await Promise.all(racing);
    const [alone = Number.POSITIVE_INFINITY, ...racers] = lines.map(({ requestUnits }) => Number(requestUnits));
    expect(Math.max(...racers)).toBeGreaterThan(alone);
  });

  it('the request log names the problem, and no subject if the caller is unauthenticated', async () => {
    const { call, lines } = await routeBench();
    await call({ headers: { authorization: '' } });
    expect(lines).toMatchObject([{ status: 401, problem: 'no-token', sub: undefined }]);
  });

  it('the request log has the trace that the host keeps the request under, which is the caller’s where that sent one', async () => {
    const { call, lines } = await routeBench();
    const ofHost = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
    await call({ headers: { authorization: 'Bearer anna' }, body: { by: 1 } }, {}, ofHost);
    await call({ headers: { authorization: 'Bearer anna', traceparent: 'malformed' }, body: { by: 1 } }, {}, ofHost);
    expect(lines.map(({ traceId }) => traceId)).toEqual(Array(2).fill('4bf92f3577b34da6a3ce929d0e0e4736'));
  });

  it('the request log and the answer have an id that is made for the request alone, whatever its caller sends', async () => {
    const { call, lines } = await routeBench();
    const headers = { traceparent, 'x-request-id': 'mine', 'idempotency-key': 'k' };
    const answers = [await call({ headers, body: { by: 1 } }), await call({ headers, body: { by: 1 } })];
    expect(answers[1]?.headers['idempotency-replayed']).toBe('true');
    const ids = answers.map((answer) => answer.headers['x-request-id']);
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain('mine');
    expect(lines.map(({ requestId }) => requestId)).toEqual(ids);
  });

  it.each([
    ['none', undefined],
    ['shortened', '203.0.113.0/24'],
    ['whole', '203.0.113.7'],
  ] as const)('REQUEST_LOG_ADDRESS=%s logs the address of a client as %s', async (setting, address) => {
    const { call, lines } = await routeBench({ REQUEST_LOG_ADDRESS: setting });
    await call({ headers: { 'x-forwarded-for': '9.9.9.9, 203.0.113.7:50512' }, body: { by: 1 } });
    expect(lines[0]?.address).toBe(address);
  });

  it('the request log names who was refused for want of a role, too often, or with a token that was ended', async () => {
    const { lines, runtime, refused } = await routeBench({ REQUEST_LOG: 'none' });
    const holder = { sub: 'carl', tenant: 'acme', roles: ['customer' as const] };
    const limiter = new RateLimiter({ perSecond: 1, burst: 1 }, runtime.clock);
    await refused({ verifyToken: async () => holder, limiter });
    await refused({ verifyToken: async () => holder, limiter });
    await refused({ verifyToken: () => Promise.reject(new InvalidTokenError('ended', { holder })) });
    await refused({ verifyToken: () => Promise.reject(new InvalidTokenError('forged')) });
    expect(lines).toMatchObject([
      { status: 403, sub: 'carl', tenant: 'acme' },
      { status: 429, sub: 'carl', tenant: 'acme' },
      { status: 401, sub: 'carl', tenant: 'acme' },
      { status: 401, sub: undefined },
    ]);
  });

  it.each([
    ['problems', 1],
    ['none', 0],
  ] as const)('REQUEST_LOG=%s logs %i lines for one good and one bad request', async (setting, count) => {
    const { call, lines } = await routeBench({ REQUEST_LOG: setting });
    await call({ body: { by: 1 } });
    await call({ body: { by: 'x' } });
    expect(lines).toHaveLength(count);
  });
});

describe('an unmatched request', () => {
  const at = (pathname: string, parts: RequestParts = {}) => ({ url: `http://127.0.0.1${pathname}`, ...parts });

  it('a request to an unknown path is answered with 404 no-such-route', async () => {
    const { stray } = await routeBench();
    const { status, headers, body = '' } = await stray(at('/api/v1/nothing'));
    expect([status, headers['content-type'], JSON.parse(String(body)).type]).toEqual([
      404,
      'application/problem+json',
      '/problems/no-such-route',
    ]);
  });

  it('a request with a wrong method is answered with 405 and the allowed methods', async () => {
    const { stray } = await routeBench();
    const { status, headers } = await stray(at('/api/v1/counters/a/', { method: 'DELETE' }));
    expect([status, headers.allow]).toEqual([405, 'POST, OPTIONS']);
  });

  it('a CORS preflight allows the methods of the route for configured origins only', async () => {
    const origin = 'https://shop.example.com';
    const { stray } = await routeBench({ CORS_ORIGINS: [origin] });
    const preflight = (from: string) => at('/api/v1/counters/a', { method: 'OPTIONS', headers: { origin: from } });
    expect(await stray(preflight(origin))).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': origin, 'access-control-allow-methods': 'POST, OPTIONS' },
    });
    const foreign = await stray(preflight('https://elsewhere.example'));
    expect(foreign.status).toBe(204);
    expect(Object.keys(foreign.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
