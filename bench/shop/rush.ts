import { counterOf, type PlacedOrder, placeFlatOut } from './place-orders.ts';
import type { Shop } from './shop.ts';

/** What came of a rush of orders. */
export interface Rush {
  readonly placed: readonly PlacedOrder[];
  readonly confirmed: readonly PlacedOrder[];
  /** Confirmed orders by the time from the first request to the last confirmation. */
  readonly confirmedPerSecond: number;
}

/** What makes the load of figures (c), (d) and (f). */
const clients = 64;

/** Longer than a Kafka session locally: after that, nobody will confirm what is left. */
const patienceMs = 10_000;

/** Lets 64 clients order for as long as the window is (with these headers), and waits until the last order is confirmed. */
export async function rush(shop: Shop, windowMs: number, headers: readonly string[] = []): Promise<Rush> {
  const { seenAt, settled } = shop.confirmations;
  const start = performance.now();
  const placed = await placeFlatOut(counterOf(shop), clients, windowMs, headers);
  await settled(
    placed.map(({ orderId }) => orderId),
    patienceMs,
  );
  const confirmed = placed.filter(({ orderId }) => seenAt.has(orderId));
  const end = confirmed.reduce((latest, { orderId }) => Math.max(latest, seenAt.get(orderId) ?? 0), start);
  return { placed, confirmed, confirmedPerSecond: confirmed.length / ((end - start) / 1_000) };
}
