import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { rush } from '../shop/rush.ts';
import { openShop } from '../shop/shop.ts';
import { typical } from '../typical.ts';

/** Turns of those who wait and of those who do not, one after the other. */
const turnsEach = 5;

const headers = ['prefer: wait=10'];

/**
 * Orders confirmed per second by 64 clients that wait for the decision (`Prefer: wait`), against 64 that do not, on the same
 * stack with the same goods. The time until the last one is confirmed counts for both: those who do not wait are ahead of what
 * they have asked for when their window ends. In turns; the ratio is the median over the turns.
 */
export const waitingFigure: Figure = {
  key: 'p',
  title: 'orders confirmed per second for clients that wait for the decision, against clients that do not',
  async measure({ windowMs }) {
    await using shop = await openShop();
    const turn = async () => {
      const waiting = await rush(shop, windowMs / 2, headers);
      await shop.stack.settled();
      const hurrying = await rush(shop, windowMs / 2);
      await shop.stack.settled();
      return { waiting: waiting.confirmedPerSecond, hurrying: hurrying.confirmedPerSecond };
    };
    const turns = await inTurns(turn, { warmUps: 1, atLeast: turnsEach });
    return [
      {
        what: 'orders of clients that wait / orders of clients that do not',
        ...typical(turns.map(({ waiting, hurrying }) => waiting / hurrying)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.8 },
      },
      { what: 'orders, waited for', ...typical(turns.map(({ waiting }) => waiting)), unit: 'per second' },
      { what: 'orders, not waited for', ...typical(turns.map(({ hurrying }) => hurrying)), unit: 'per second' },
    ];
  },
};
