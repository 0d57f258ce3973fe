import { describe, expect, it } from 'vitest';
import { admin } from '../../functions/admin/service.ts';
import { orders } from '../../functions/orders/service.ts';
import { tenantOrders } from '../../functions/orders/tenant-orders.ts';
import { consumeBatch } from '../../shared/consuming/consume-batch.ts';
import { Reader } from '../../shared/persistence/reading/reader.ts';
import { consumeDependencies } from '../../shared/runtime/consume-dependencies.ts';
import { sweep } from '../../shared/sweep/sweep.ts';
import { benchSettings } from '../rigs/bench-settings.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { recordWith } from '../rigs/kernel/records.ts';
import { type RequestParts, request } from '../rigs/kernel/request.ts';
import { runtimeBench } from '../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../rigs/kernel/serve-endpoint.ts';
import { eventually } from '../rigs/stack/eventually.ts';

const day = 86_400_000;

/** The settings of a tenant, and orders, which follow them; the two know each other by the bus alone. */
async function office() {
  const bench = await runtimeBench();
  const settings = benchSettings([orders]);
  const runtime = { ...bench.runtime, settings };
  const call = async (name: string, parts: RequestParts = {}) => {
    const endpoint = admin.endpoints.find((one) => one.name === name);
    if (endpoint === undefined) throw new Error(`admin has no ${name}`);
    const { status, body = '' } = await serveEndpoint(endpoint, request(parts), { service, runtime });
    return { status, body: JSON.parse(body) };
  };
  const sent = () => bench.transport.requests.flat().map(({ value }) => value);
  return {
    ...bench,
    call,
    set: (timeout: string | null, headers = {}) =>
      call('change-settings', { method: 'PATCH', headers, body: { orders: { timeout } } }),
    /** All that is on the bus once it is so many. */
    told: (count: number) =>
      eventually(async () => {
        expect(sent()).toHaveLength(count);
        return sent();
      }),
    hear: (values: readonly string[]) =>
      consumeBatch(
        values.map((value) => recordWith(value)),
        { name: 'orders-on-platform-events', reactions: tenantOrders.subscribers },
        consumeDependencies(service, runtime),
      ),
    timeout: async () => (await tenantOrders.of(new Reader(bench.container, 'main'), settings)).orders.timeout,
    sweep: () => sweep([{ name: service, deadlines: admin.deadlines }], runtime),
  };
}

describe('the settings of a tenant', () => {
  it('of changes made side by side under one version one is taken, and all others are refused', async () => {
    const { set } = await office();
    const headers = { 'if-match': '"0"' };
    const answers = await Promise.all(['PT1M', 'PT2M', 'PT3M', 'PT4M'].map((timeout) => set(timeout, headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('a history of changes made side by side has each of them, and each goes on from the one before', async () => {
    const { set, call, told } = await office();
    const timeouts = Array.from({ length: 8 }, (_, minutes) => `PT${minutes + 1}M`);
    const answers = await Promise.all(timeouts.map((timeout) => set(timeout)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const first = await call('list-setting-changes', { method: 'GET', query: { limit: '5' } });
    const { continuation } = first.body;
    const rest = await call('list-setting-changes', { method: 'GET', query: { limit: '5', continuation } });
    const history = [...first.body.items, ...rest.body.items].toReversed();
    expect(history.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const [changes, befores] = [
      history.map(({ changes: [one] }) => one.to),
      history.map(({ changes: [one] }) => one.from),
    ];
    expect(changes.toSorted()).toEqual(timeouts);
    expect(befores).toEqual([null, ...changes.slice(0, -1)]);
    expect(await told(8)).toHaveLength(8);
  });

  it('a service goes by the newest settings, in whatever order it hears of them', async () => {
    const { set, told, hear, timeout } = await office();
    for (const minutes of [5, 4, 3]) await set(`PT${minutes}M`);
    await hear((await told(3)).toReversed());
    expect(await timeout()).toBe('PT3M');
  });

  it('a service that starts when the bus has long forgotten the change has the settings all the same', async () => {
    const { set, told, hear, timeout, sweep, clock, call } = await office();
    await set('PT5M');
    await told(1);
    clock.pass(day + 1);
    await sweep();
    const [, again = ''] = await told(2);
    await hear([again]);
    expect(await timeout()).toBe('PT5M');
    clock.pass(day - 1);
    await sweep();
    clock.pass(2);
    await sweep();
    await told(3);
    expect(await call('get-settings', { method: 'GET' })).toMatchObject({
      body: { version: 1, own: ['orders.timeout'] },
    });
    expect((await call('list-setting-changes', { method: 'GET' })).body.items).toHaveLength(1);
  });

  it('a change that changes nothing is told to nobody, whatever version it names', async () => {
    const { set, told } = await office();
    await set('PT5M');
    expect(await set('PT5M', { 'if-match': '"0"' })).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await set(null)).toMatchObject({ status: 200, body: { version: 2, own: [] } });
    expect(await told(2)).toHaveLength(2);
  });
});
