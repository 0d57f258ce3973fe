import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { rawBatchesPerSecond } from '../raw/cosmos-batches.ts';
import { rush } from '../shop/rush.ts';
import { openShop } from '../shop/shop.ts';
import { typical } from '../typical.ts';

/** Placing, reserving, confirming and telling the customer: each is a commit. */
const commitsPerOrder = 4;

/** Turns of the raw limit and of the saga, one after the other. */
const turnsEach = 5;

/**
 * Orders confirmed per second (64 clients, 20 items, one location; the time until the last one is confirmed counts, and
 * confirmations are counted on the bus), against a quarter of the batches of three creates that the same Cosmos server
 * takes in a second from one client while no order is under way. In turns; the ratio is the median over the turns.
 *
 * Group commit is what brings it near or over 1: a commit of inventory serves dozens of orders.
 */
export const sagaFigure: Figure = {
  key: 'c',
  title: 'orders confirmed per second, against a quarter of the raw batches of the Cosmos server',
  async measure({ windowMs }) {
    await using shop = await openShop();
    const { stack } = shop;
    const turn = async () => {
      const { confirmedPerSecond } = await rush(shop, windowMs / 2);
      // What follows a confirmation (the customer is told, lists are filled) would take its part of the raw limit.
      await stack.settled();
      return { confirmedPerSecond, batches: await rawBatchesPerSecond(stack.cosmos, windowMs / 3) };
    };
    const turns = await inTurns(turn, { warmUps: 1, atLeast: turnsEach });
    return [
      {
        what: 'orders confirmed per second / a quarter of raw batches per second',
        ...typical(turns.map(({ confirmedPerSecond, batches }) => confirmedPerSecond / (batches / commitsPerOrder))),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.6 },
      },
      {
        what: 'orders confirmed',
        ...typical(turns.map(({ confirmedPerSecond }) => confirmedPerSecond)),
        unit: 'per second',
      },
      { what: 'raw batches of three creates', ...typical(turns.map(({ batches }) => batches)), unit: 'per second' },
    ];
  },
};
