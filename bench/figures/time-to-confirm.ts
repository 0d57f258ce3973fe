import type { Figure } from '../figure.ts';
import { placeEvenly } from '../shop/place-orders.ts';
import { openShop } from '../shop/shop.ts';

const perSecond = 50;
const patienceMs = 10_000;

/**
 * Time from when a POST of an order was to begin until its confirmation is read from the bus, at an even pace of 50
 * orders a second: how long a shop with customers in it keeps one of them waiting. An order that is never confirmed
 * counts as endless.
 */
export const timeToConfirmFigure: Figure = {
  key: 'e',
  title: 'time from the order to its confirmation, at 50 orders per second',
  async measure({ windowMs }) {
    await using shop = await openShop();
    const { seenAt, settled } = shop.confirmations;
    await placeEvenly(shop, perSecond, windowMs / 2);
    const placed = await placeEvenly(shop, perSecond, windowMs);
    await settled(
      placed.map(({ orderId }) => orderId),
      patienceMs,
    );
    const times = placed
      .map(({ orderId, dueAt }) => (seenAt.get(orderId) ?? Number.POSITIVE_INFINITY) - dueAt)
      .sort((a, b) => a - b);
    return [
      {
        what: 'POST to confirmed, p50',
        value: quantile(times, 0.5),
        unit: 'ms',
        target: { bound: 'about', value: 20 },
      },
      {
        what: 'POST to confirmed, p99',
        value: quantile(times, 0.99),
        unit: 'ms',
        target: { bound: 'about', value: 100 },
      },
      { what: 'longest', value: quantile(times, 1), unit: 'ms' },
      { what: 'orders', value: times.length, unit: 'orders' },
    ];
  },
};

/** Nearest rank. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
