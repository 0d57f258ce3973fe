import { ApiClient, bodyOf } from '../../tests/rigs/clients/api-client.ts';
import type { Figure, Measurement } from '../figure.ts';
import { jsonRequest } from '../load/http-request.ts';
import { askMeanwhile, type Question } from '../load/meanwhile.ts';
import { type Flood, flood } from '../shop/flood.ts';
import { rush } from '../shop/rush.ts';
import { openShop, type Shop } from '../shop/shop.ts';
import { nearestRank } from '../typical.ts';

/** How much of what can be confirmed is sent. */
const loads = [0.5, 1, 2, 4] as const;

const person = { email: 'clerk@example.com', password: 'Admin123' };

/** What came of a load, and how long somebody who looks and somebody who logs in had to wait meanwhile. */
interface UnderLoad extends Flood {
  readonly load: number;
  readonly read: readonly number[];
  readonly login: readonly number[];
}

/**
 * Orders at an even pace of 0.5, 1, 2 and 4 times what 64 clients have confirmed before on the same stack: how long the accepted ones
 * wait for their confirmation, and what becomes of the rest. What is confirmed at half the load says how long it takes where there is
 * enough of everything; so the ratio of the two 99th percentiles is what overload does.
 */
export const overloadFigure: Figure = {
  key: 'r',
  title: 'time from the order to its confirmation, at up to four times what can be confirmed',
  async measure({ windowMs }) {
    await using shop = await openShop();
    const questions = await questionsTo(shop);
    await rush(shop, windowMs / 2);
    const { confirmedPerSecond } = await rush(shop, windowMs);
    await shop.stack.settled();
    const under: UnderLoad[] = [];
    for (const load of loads) {
      under.push(await underLoad(shop, questions, { load, perSecond: load * confirmedPerSecond, windowMs }));
      await shop.stack.settled();
    }
    const [half, most] = [under.at(0), under.at(-1)];
    return [
      {
        what: 'order to confirmed, p99 at 4 times / p99 at half',
        value: p99(most?.confirmed) / p99(half?.confirmed),
        unit: 'ratio',
        target: { bound: 'at most', value: 10 },
      },
      { what: 'what can be confirmed', value: confirmedPerSecond, unit: 'per second' },
      ...under.flatMap(measurementsOf),
    ];
  },
};

interface Asked {
  readonly read: Question;
  readonly login: Question;
}

async function questionsTo({ stack, token, firstOrders: [order] }: Shop): Promise<Asked> {
  if (order === undefined) throw new Error('nothing was ordered');
  bodyOf(await new ApiClient(stack.url).post('/api/v1/auth/register', person), 201);
  const { url } = stack;
  const credentials = { username: person.email, password: person.password };
  return {
    read: { url, request: jsonRequest('GET', new URL(`/api/v1/orders/${order.id}`, url), token) },
    login: { url, request: jsonRequest('POST', new URL('/api/v1/auth/login', url), '', credentials) },
  };
}

interface Load {
  readonly load: number;
  readonly perSecond: number;
  readonly windowMs: number;
}

async function underLoad(shop: Shop, asked: Asked, { load, perSecond, windowMs }: Load): Promise<UnderLoad> {
  const flooding = flood(shop, perSecond, windowMs);
  const [came, read, login] = await Promise.all([
    flooding,
    askMeanwhile(asked.read, flooding),
    askMeanwhile(asked.login, flooding),
  ]);
  return { ...came, load, read, login };
}

function measurementsOf({
  load,
  confirmed,
  refused,
  seconds,
  recoveredMs,
  read,
  login,
}: UnderLoad): readonly Measurement[] {
  const at = `at ${load} times`;
  return [
    { what: `${at}: order to confirmed, p50`, value: nearestRank(confirmed, 0.5), unit: 'ms' },
    { what: `${at}: order to confirmed, p99`, value: p99(confirmed), unit: 'ms' },
    { what: `${at}: taken, and confirmed in the end`, value: confirmedOf(confirmed) / seconds, unit: 'per second' },
    { what: `${at}: taken, and never confirmed`, value: confirmed.length - confirmedOf(confirmed), unit: 'orders' },
    { what: `${at}: refused`, value: refused.length / seconds, unit: 'per second' },
    ...(refused.length === 0 ? [] : [{ what: `${at}: refusal, p99`, value: p99(refused), unit: 'ms' } as const]),
    { what: `${at}: an order read meanwhile, p99`, value: p99(read), unit: 'ms' },
    { what: `${at}: a login meanwhile, p99`, value: p99(login), unit: 'ms' },
    { what: `${at}: end of the load to the last confirmation`, value: recoveredMs, unit: 'ms' },
  ];
}

function p99(times: readonly number[] = []): number {
  return nearestRank(times, 0.99);
}

function confirmedOf(times: readonly number[]): number {
  return times.filter(Number.isFinite).length;
}
