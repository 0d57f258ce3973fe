import path from 'node:path';
import type { Figure } from '../figure.ts';
import { type Rush, rush } from '../shop/rush.ts';
import { openShop, type Shop } from '../shop/shop.ts';

const naiveApp = path.resolve(import.meta.dirname, '../naive');

/**
 * Lagerhaus against the way of the tutorials (bench/naive): the same requests on the same embedded servers and the same
 * host, each on a fresh stack. What the naive way saves in writes it loses in waiting for each message; and two of its
 * handlers that read one stock at once overwrite each other, so that pieces are promised that no stock shows as held.
 */
export const naiveFigure: Figure = {
  key: 'f',
  title: 'orders confirmed per second, against a naive implementation; lost stock updates of both',
  async measure({ windowMs }) {
    const ours = await measureShop(windowMs);
    const naive = await measureShop(windowMs, naiveApp);
    return [
      {
        what: 'orders confirmed per second / those of the naive one',
        value: ours.confirmedPerSecond / naive.confirmedPerSecond,
        unit: 'ratio',
        target: { bound: 'at least', value: 1.3 },
      },
      { what: 'Lagerhaus', value: ours.confirmedPerSecond, unit: 'per second' },
      { what: 'naive', value: naive.confirmedPerSecond, unit: 'per second' },
      {
        what: 'lost stock updates, Lagerhaus',
        value: ours.lostUpdates,
        unit: 'units',
        target: { bound: 'at most', value: 0 },
      },
      { what: 'lost stock updates, naive', value: naive.lostUpdates, unit: 'units' },
      { what: 'orders confirmed, naive', value: naive.confirmed, unit: 'orders' },
      { what: 'orders never confirmed, Lagerhaus', value: ours.unconfirmed, unit: 'orders' },
      { what: 'orders never confirmed, naive', value: naive.unconfirmed, unit: 'orders' },
    ];
  },
};

async function measureShop(windowMs: number, appDir?: string) {
  await using shop = await openShop(appDir);
  const warmUp = await rush(shop, windowMs / 2);
  const measured = await rush(shop, windowMs);
  const all = [warmUp, measured];
  const confirmed = all.reduce((sum, one) => sum + one.confirmed.length, 0);
  return {
    confirmedPerSecond: measured.confirmedPerSecond,
    confirmed,
    unconfirmed: all.reduce((sum, { placed }) => sum + placed.length, 0) - confirmed,
    lostUpdates: await lostUpdates(shop, all),
  };
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
