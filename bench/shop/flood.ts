import type { HttpConnection } from '../load/http-connection.ts';
import { openLoop } from '../load/open-loop.ts';
import { counterOf, orderDesk } from './place-orders.ts';
import type { Shop } from './shop.ts';

/** What came of orders that were sent at an even pace, whatever became of those before. Times in milliseconds, the shortest first. */
export interface Flood {
  /** From when each order that was taken was to be sent until it was seen to be confirmed; endless, where it never was. */
  readonly confirmed: readonly number[];
  /** From when each order that was refused was to be sent until that was answered. */
  readonly refused: readonly number[];
  readonly seconds: number;
  /** From the end of the load until the last of what was taken was confirmed. */
  readonly recoveredMs: number;
}

/** Longer than a Kafka session locally: after that, nobody will confirm what is left. */
const patienceMs = 10_000;

/** Sends so many orders a second; who is refused does not come back. */
export async function flood(shop: Shop, perSecond: number, windowMs: number): Promise<Flood> {
  const desk = orderDesk(counterOf(shop));
  const refused: number[] = [];
  const start = performance.now();
  await openLoop({
    url: shop.stack.url,
    perSecond,
    windowMs,
    async act(connection: HttpConnection, dueAt) {
      const { retryAfterMs } = await desk.place(connection, dueAt);
      if (retryAfterMs !== undefined) refused.push(performance.now() - dueAt);
    },
  });
  const end = performance.now();
  const { seenAt, settled } = shop.confirmations;
  await settled(
    desk.placed.map(({ orderId }) => orderId),
    patienceMs,
  );
  const seen = desk.placed.map(({ orderId }) => seenAt.get(orderId) ?? Number.POSITIVE_INFINITY);
  return {
    confirmed: inOrder(desk.placed.map(({ dueAt }, index) => (seen[index] ?? Number.POSITIVE_INFINITY) - dueAt)),
    refused: inOrder(refused),
    seconds: (end - start) / 1_000,
    recoveredMs: seen.reduce((latest, at) => Math.max(latest, at - end), 0),
  };
}

function inOrder(times: readonly number[]): readonly number[] {
  return times.toSorted((a, b) => a - b);
}
