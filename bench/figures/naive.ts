import path from 'node:path';
import type { Figure, Measurement } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { type Rush, rush } from '../shop/rush.ts';
import { openShop, type Shop } from '../shop/shop.ts';
import { typical } from '../typical.ts';

const naiveApp = path.resolve(import.meta.dirname, '../naive');

/** Rushes that are measured in each shop, in turns. */
const turnsEach = 5;

/** Which app each shop has, and what it is called in the table. */
const apps = {
  ours: { name: 'Lagerhaus', env: {} },
  naive: { name: 'naive', env: { APP_DIR: naiveApp } },
  // As many partitions as a topic has locally.
  concurrent: { name: 'naive, four partitions at once', env: { APP_DIR: naiveApp, NAIVE_PARTITIONS_AT_ONCE: '4' } },
} as const;
type Which = keyof typeof apps;

/**
 * Lagerhaus against the way of the tutorials (bench/naive): the same requests to the same embedded servers and the same
 * host, each on a stack of its own, in turns; the ratio is the median over the turns. What the naive way saves in writes
 * it loses in waiting for each message, as kafkajs hands them over: one after the other. With several partitions at once it
 * waits less, but two of its handlers that read one stock at once overwrite each other, so that pieces are promised that no
 * stock shows as held.
 */
export const naiveFigure: Figure = {
  key: 'f',
  title: 'orders confirmed per second, against a naive implementation; lost stock updates of both',
  async measure({ windowMs }) {
    await using ours = await openShop({ env: apps.ours.env });
    await using naive = await openShop({ env: apps.naive.env });
    await using concurrent = await openShop({ env: apps.concurrent.env });
    const shops = { ours, naive, concurrent };
    const turn = async (): Promise<Turn> => ({
      ours: await rush(ours, windowMs / 2),
      naive: await rush(naive, windowMs / 2),
      concurrent: await rush(concurrent, windowMs / 2),
    });
    const warmUp = await turn();
    const turns = await inTurns(turn, { atLeast: turnsEach });

    const ratioTo = (other: Which) =>
      typical(turns.map((one) => one.ours.confirmedPerSecond / one[other].confirmedPerSecond));
    const told = await Promise.all(
      (['ours', 'naive', 'concurrent'] as const).map((which) => tellOf(which, shops[which], warmUp, turns)),
    );
    return [
      {
        what: 'orders confirmed per second / those of the naive one',
        ...ratioTo('naive'),
        unit: 'ratio',
        target: { bound: 'at least', value: 1.3 },
      },
      { what: 'the same / naive, four partitions at once', ...ratioTo('concurrent'), unit: 'ratio' },
      ...told.flat(),
    ];
  },
};

type Turn = Readonly<Record<Which, Rush>>;

async function tellOf(which: Which, shop: Shop, warmUp: Turn, turns: readonly Turn[]): Promise<readonly Measurement[]> {
  const { name } = apps[which];
  const rushes = [warmUp, ...turns].map((turn) => turn[which]);
  const placed = rushes.reduce((sum, one) => sum + one.placed.length, 0);
  const confirmed = rushes.reduce((sum, one) => sum + one.confirmed.length, 0);
  const lost = { what: `lost stock updates, ${name}`, value: await lostUpdates(shop, rushes), unit: 'units' } as const;
  return [
    { what: name, ...typical(turns.map((turn) => turn[which].confirmedPerSecond)), unit: 'per second' },
    which === 'ours' ? { ...lost, target: { bound: 'at most', value: 0 } } : lost,
    { what: `orders confirmed, ${name}`, value: confirmed, unit: 'orders' },
    { what: `orders never confirmed, ${name}`, value: placed - confirmed, unit: 'orders' },
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
