import path from 'node:path';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { jsonRequest } from '../load/http-request.ts';
import { openLoop } from '../load/open-loop.ts';
import { type Echo, openEcho } from '../raw/echo.ts';
import { placeEvenly } from '../shop/place-orders.ts';
import { openShop, orderBody, type Shop } from '../shop/shop.ts';
import { nearestRank, typical } from '../typical.ts';

const appDir = path.resolve(import.meta.dirname, '../apps/beside');
const perSecond = 50;
const patienceMs = 10_000;
const turnsEach = 3;

/**
 * Time from when a POST of an order was to begin until its confirmation is read from the bus, at an even pace of 50
 * orders a second: how long a shop with customers in it keeps one of them waiting. An order that is never confirmed
 * counts as endless.
 *
 * A slow machine needs longer, so the ratio says more: to a bare request to the same host and then a message there and back by
 * the same broker, at the same pace, in turns. An order is a request, three messages one after the other, and two commits.
 */
export const timeToConfirmFigure: Figure = {
  key: 'e',
  title: 'time from the order to its confirmation, at 50 orders per second',
  async measure({ windowMs }) {
    await using shop = await openShop({ env: { APP_DIR: appDir } });
    await using echo = await openEcho(shop.stack.kafka);
    const turn = async (): Promise<Turn> => ({
      confirmed: await timesToConfirm(shop, windowMs / 2),
      bare: await bareTimes(shop, echo, windowMs / 2),
    });

    const turns = await inTurns(turn, { warmUps: 1, atLeast: turnsEach });
    const over = (value: (turn: Turn) => number) => typical(turns.map(value));
    return [
      {
        what: 'POST to confirmed / bare request and message there and back, p50',
        ...over(({ confirmed, bare }) => nearestRank(confirmed, 0.5) / nearestRank(bare, 0.5)),
        unit: 'ratio',
      },
      {
        what: 'POST to confirmed, p50',
        ...over(({ confirmed }) => nearestRank(confirmed, 0.5)),
        unit: 'ms',
        target: { bound: 'about', value: 20 },
      },
      {
        what: 'POST to confirmed, p99',
        ...over(({ confirmed }) => nearestRank(confirmed, 0.99)),
        unit: 'ms',
        target: { bound: 'about', value: 100 },
      },
      { what: 'longest', value: Math.max(...turns.flatMap(({ confirmed }) => confirmed)), unit: 'ms' },
      {
        what: 'bare request and message there and back, p50',
        ...over(({ bare }) => nearestRank(bare, 0.5)),
        unit: 'ms',
      },
      {
        what: 'bare request and message there and back, p99',
        ...over(({ bare }) => nearestRank(bare, 0.99)),
        unit: 'ms',
      },
      { what: 'orders', value: turns.reduce((sum, { confirmed }) => sum + confirmed.length, 0), unit: 'orders' },
    ];
  },
};

/** Times in milliseconds, the shortest first. */
interface Turn {
  readonly confirmed: readonly number[];
  readonly bare: readonly number[];
}

async function timesToConfirm(shop: Shop, windowMs: number): Promise<readonly number[]> {
  const { seenAt, settled } = shop.confirmations;
  const placed = await placeEvenly(shop, perSecond, windowMs);
  await settled(
    placed.map(({ orderId }) => orderId),
    patienceMs,
  );
  // What follows a confirmation would take its part of the bare times.
  await shop.stack.settled();
  return placed
    .map(({ orderId, dueAt }) => (seenAt.get(orderId) ?? Number.POSITIVE_INFINITY) - dueAt)
    .sort((a, b) => a - b);
}

async function bareTimes(
  { stack, skus: [sku = ''], token }: Shop,
  echo: Echo,
  windowMs: number,
): Promise<readonly number[]> {
  const request = jsonRequest('POST', new URL('/bare', stack.url), token, orderBody(sku));
  const times: number[] = [];
  await openLoop({
    url: stack.url,
    perSecond,
    windowMs,
    async act(connection, dueAt) {
      const { status, body } = await connection.send(request);
      if (status !== 200) throw new Error(`the bare function answered ${status}: ${body}`);
      await echo.thereAndBack();
      times.push(performance.now() - dueAt);
    },
  });
  return times.sort((a, b) => a - b);
}
