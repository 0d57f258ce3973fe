import type { Figure } from '../figure.ts';
import { rawBatchesPerSecond } from '../raw/cosmos-batches.ts';
import { rush } from '../shop/rush.ts';
import { openShop } from '../shop/shop.ts';

/** Placing, reserving, confirming and telling the customer: each is a commit. */
const commitsPerOrder = 4;

/**
 * Orders confirmed per second (64 clients, 20 items, one location; the time until the last one is confirmed counts, and
 * confirmations are counted on the bus), against a quarter of the batches of three creates that the same Cosmos server
 * takes in a second from one client, right before and right after, while the app is stopped.
 *
 * Group commit is what brings it near or over 1: a commit of inventory serves dozens of orders.
 */
export const sagaFigure: Figure = {
  key: 'c',
  title: 'orders confirmed per second, against a quarter of the raw batches of the Cosmos server',
  async measure({ windowMs }) {
    await using shop = await openShop();
    const app = shop.stack.faults.functions();
    const raw = async () => {
      await app.stop();
      await rawBatchesPerSecond(shop.stack.cosmos, windowMs / 4);
      return rawBatchesPerSecond(shop.stack.cosmos, windowMs / 2);
    };

    const before = await raw();
    await app.start();
    await rush(shop, windowMs / 2);
    const { confirmedPerSecond } = await rush(shop, windowMs);
    await shop.stack.settled();
    const after = await raw();

    const batches = (before + after) / 2;
    return [
      {
        what: 'orders confirmed per second / a quarter of raw batches per second',
        value: confirmedPerSecond / (batches / commitsPerOrder),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.6 },
      },
      { what: 'orders confirmed', value: confirmedPerSecond, unit: 'per second' },
      { what: 'raw batches of three creates', value: batches, unit: 'per second' },
    ];
  },
};
