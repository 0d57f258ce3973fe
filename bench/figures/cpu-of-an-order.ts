import path from 'node:path';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { cpuTimeOf } from '../load/cpu-time.ts';
import { flatOut } from '../load/flat-out.ts';
import { jsonRequest } from '../load/http-request.ts';
import { counterOf, placeEvenly, placeFlatOut } from '../shop/place-orders.ts';
import { openShop, orderBody, type Shop } from '../shop/shop.ts';
import { typical } from '../typical.ts';

const appDir = path.resolve(import.meta.dirname, '../apps/beside');
const turnsEach = 3;
/** What V8 compiles of the app meanwhile is not what an order costs: under load that goes on for some 45 s, which is so many windows. */
const warmUpWindows = 8;
/** As many as keep the app busy, and few enough that none is refused for it. */
const clients = 16;

const moderatePerSecond = 50;

/** Six tenths of what it was when that was asked for: 10.2 and 44, as measured by this figure on the tree of that day. */
const atMost = { atFullLoad: 6.1, evenly: 26 };

/**
 * CPU time that the app takes for an order, all that follows it included (lists, notices, what is removed from the outbox), in the
 * CPU time that it takes for one request to a bare function with the same body, in the same process, in turns. At full load by
 * 16 clients, where much is done together, and at a moderate pace. What the embedded servers take is not in it.
 */
export const cpuOfAnOrderFigure: Figure = {
  key: 'o',
  title: "CPU of the app for an order, in a bare function's requests",
  async measure({ windowMs }) {
    await using shop = await openShop({ env: { APP_DIR: appDir } });
    const {
      stack: { url },
      skus: [sku = ''],
      token,
    } = shop;
    const bare = jsonRequest('POST', new URL('/bare', url), token, orderBody(sku));
    const turn = async () => ({
      atFullLoad: await cpuOfAnOrder(
        shop,
        async () => (await placeFlatOut(counterOf(shop), clients, windowMs / 2)).length,
      ),
      evenly: await cpuOfAnOrder(shop, async () => (await placeEvenly(shop, moderatePerSecond, windowMs / 2)).length),
      bare: (await flatOut(url, bare, windowMs / 2)).cpuMs,
    });
    await placeFlatOut(counterOf(shop), clients, warmUpWindows * windowMs);
    await shop.stack.settled();
    const turns = await inTurns(turn, { warmUps: 1, atLeast: turnsEach });
    const over = (value: (of: (typeof turns)[number]) => number) => typical(turns.map(value));
    return [
      {
        what: 'CPU of an order / of a bare request, at full load',
        ...over((of) => of.atFullLoad / of.bare),
        unit: 'ratio',
        target: { bound: 'at most', value: atMost.atFullLoad },
      },
      {
        what: `CPU of an order / of a bare request, at ${moderatePerSecond} a second`,
        ...over((of) => of.evenly / of.bare),
        unit: 'ratio',
        target: { bound: 'at most', value: atMost.evenly },
      },
      { what: 'an order at full load', ...over(({ atFullLoad }) => atFullLoad), unit: 'ms' },
      { what: `an order at ${moderatePerSecond} a second`, ...over(({ evenly }) => evenly), unit: 'ms' },
      { what: 'a bare request', ...over((of) => of.bare), unit: 'ms' },
    ];
  },
};

async function cpuOfAnOrder({ stack }: Shop, place: () => Promise<number>): Promise<number> {
  const before = await cpuTimeOf(stack.url);
  const orders = await place();
  await stack.settled();
  return ((await cpuTimeOf(stack.url)) - before) / orders;
}
