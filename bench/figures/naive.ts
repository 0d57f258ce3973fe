import path from 'node:path';
import type { Figure, Measurement } from '../figure.ts';
import { median } from '../median.ts';
import { type Rush, rush } from '../shop/rush.ts';
import { openShop, type Shop } from '../shop/shop.ts';

const naiveApp = path.resolve(import.meta.dirname, '../naive');

/** Rushes that are measured in each shop, in turns. */
const turnsEach = 3;

/**
 * Lagerhaus against the way of the tutorials (bench/naive): the same requests to the same embedded servers and the same
 * host, each on a stack of its own, in turns; the ratio is the median over the turns. What the naive way saves in writes
 * it loses in waiting for each message; and two of its handlers that read one stock at once overwrite each other, so that
 * pieces are promised that no stock shows as held.
 */
export const naiveFigure: Figure = {
  key: 'f',
  title: 'orders confirmed per second, against a naive implementation; lost stock updates of both',
  async measure({ windowMs }) {
    await using ours = await openShop();
    await using naive = await openShop({ env: { APP_DIR: naiveApp } });
    const turn = async () => ({ ours: await rush(ours, windowMs / 2), naive: await rush(naive, windowMs / 2) });
    const warmUp = await turn();
    const turns: (typeof warmUp)[] = [];
    while (turns.length < turnsEach) turns.push(await turn());

    const rate = (shop: 'ours' | 'naive') => median(turns.map((one) => one[shop].confirmedPerSecond));
    const all = (shop: 'ours' | 'naive') => [warmUp, ...turns].map((one) => one[shop]);
    return [
      {
        what: 'orders confirmed per second / those of the naive one',
        value: median(turns.map((one) => one.ours.confirmedPerSecond / one.naive.confirmedPerSecond)),
        unit: 'ratio',
        target: { bound: 'at least', value: 1.3 },
      },
      { what: 'Lagerhaus', value: rate('ours'), unit: 'per second' },
      { what: 'naive', value: rate('naive'), unit: 'per second' },
      {
        what: 'lost stock updates, Lagerhaus',
        value: await lostUpdates(ours, all('ours')),
        unit: 'units',
        target: { bound: 'at most', value: 0 },
      },
      { what: 'lost stock updates, naive', value: await lostUpdates(naive, all('naive')), unit: 'units' },
      ...(['ours', 'naive'] as const).flatMap((shop) => countsOf(shop === 'ours' ? 'Lagerhaus' : shop, all(shop))),
    ];
  },
};

function countsOf(whose: string, rushes: readonly Rush[]): readonly Measurement[] {
  const placed = rushes.reduce((sum, one) => sum + one.placed.length, 0);
  const confirmed = rushes.reduce((sum, one) => sum + one.confirmed.length, 0);
  return [
    { what: `orders confirmed, ${whose}`, value: confirmed, unit: 'orders' },
    { what: `orders never confirmed, ${whose}`, value: placed - confirmed, unit: 'orders' },
  ];
}

/** Pieces of confirmed orders that the stock does not show as reserved. */
async function lostUpdates(shop: Shop, rushes: readonly Rush[]): Promise<number> {
  const promised = new Map<string, number>();
  const promise = (sku: string) => promised.set(sku, (promised.get(sku) ?? 0) + 1);
  for (const { items } of shop.firstOrders) for (const { itemId } of items) promise(itemId);
  for (const { confirmed } of rushes) for (const { sku } of confirmed) promise(sku);
  const reserved = await shop.reserved();
  return [...promised].reduce((sum, [sku, pieces]) => sum + Math.max(0, pieces - (reserved.get(sku) ?? 0)), 0);
}
