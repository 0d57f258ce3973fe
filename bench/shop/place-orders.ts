import { setTimeout as pause } from 'node:timers/promises';
import { closedLoop } from '../load/closed-loop.ts';
import type { HttpConnection } from '../load/http-connection.ts';
import { jsonRequest } from '../load/http-request.ts';
import { openLoop } from '../load/open-loop.ts';
import { orderBody, type Shop } from './shop.ts';

/** Where goods are ordered. */
export interface OrderCounter {
  /** What an order is posted to. */
  readonly url: URL;
  readonly token: string;
  readonly skus: readonly string[];
}

/** Where the goods of a shop are ordered. */
export function counterOf({ stack, token, skus }: Shop): OrderCounter {
  return { url: new URL('/api/v1/orders', stack.url), token, skus };
}

/** An order that was taken. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly sku: string;
  /** When its request was to begin (`performance.now()`). */
  readonly dueAt: number;
}

/**
 * So many clients place order after order for as long as the window is; with these headers, where there are any. Who is told that there is
 * no room comes back when they are told to.
 */
export async function placeFlatOut(
  counter: OrderCounter,
  clients: number,
  windowMs: number,
  headers: readonly string[] = [],
): Promise<readonly PlacedOrder[]> {
  const desk = orderDesk(counter, headers);
  await closedLoop({
    url: counter.url.href,
    clients,
    windowMs,
    async act(connection) {
      const { retryAfterMs } = await desk.place(connection, performance.now());
      if (retryAfterMs !== undefined) await pause(retryAfterMs);
    },
  });
  return desk.placed;
}

/** Orders at an even pace. */
export async function placeEvenly(shop: Shop, perSecond: number, windowMs: number): Promise<readonly PlacedOrder[]> {
  const desk = orderDesk(counterOf(shop));
  await openLoop({
    url: shop.stack.url,
    perSecond,
    windowMs,
    act: (connection, dueAt) => placePatiently(desk, connection, dueAt),
  });
  return desk.placed;
}

/** Places an order, and comes back with it as often as there is no room. */
export async function placePatiently(desk: OrderDesk, connection: HttpConnection, dueAt: number): Promise<void> {
  let refused = await desk.place(connection, dueAt);
  while (refused.retryAfterMs !== undefined) {
    await pause(refused.retryAfterMs);
    refused = await desk.place(connection, dueAt);
  }
}

type OrderDesk = ReturnType<typeof orderDesk>;

/** Places orders for one item after the other, and keeps those that were taken. */
export function orderDesk({ url, skus, token }: OrderCounter, headers: readonly string[] = []) {
  const wishes = skus.map((sku) => ({ sku, request: jsonRequest('POST', url, token, orderBody(sku), headers) }));
  const placed: PlacedOrder[] = [];
  let next = 0;
  return {
    placed,
    /** @returns when to come back, where there was no room */
    async place(connection: HttpConnection, dueAt: number): Promise<{ readonly retryAfterMs?: number }> {
      const wish = wishes[next % wishes.length];
      if (wish === undefined) throw new Error('the shop sells nothing');
      next += 1;
      const { status, body, retryAfterMs } = await connection.send(wish.request);
      if (status === 503 && retryAfterMs !== undefined) return { retryAfterMs };
      if (status !== 201) throw new Error(`an order was answered ${status}: ${body}`);
      const { id }: { readonly id: string } = JSON.parse(body);
      placed.push({ orderId: id, sku: wish.sku, dueAt });
      return {};
    },
  };
}
