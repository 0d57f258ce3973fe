import path from 'node:path';
import { bodyOf } from '../../tests/rigs/clients/api-client.ts';
import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import { chargeMeasurements } from '../charges/charge-measurements.ts';
import { chargesDuring } from '../charges/charges-during.ts';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { running } from '../running.ts';
import { openTills } from '../tills/shop-floor.ts';

const meteredApp = path.resolve(import.meta.dirname, '../apps/metered');
const turnsEach = 3;
const [salesOfDay, salesAlone] = [2_000, 5];

/**
 * Request units of a sale of two lines for cash, of no customer, at four tills of one shop, as figure (d) counts them: with what the
 * inventory makes of it, and the removal of outbox documents. Then those of the totals of a day of 2,000 sales, in one request.
 */
export const requestUnitsOfSalesFigure: Figure = {
  key: 'n',
  title: "request units of a sale, and of a day's totals",
  async measure({ windowMs }) {
    const stack = await startStack({ env: { APP_DIR: meteredApp, SWEEP_SCHEDULE: '*/5 * * * * *' } });
    await using _ = running(() => stack.stop());
    const floor = await openTills(stack);
    let sold = 1;
    const sell = async () => {
      const start = performance.now();
      const count = await floor.sell(() => performance.now() - start < windowMs / 2);
      sold += count;
      return count;
    };
    const turns = await inTurns(() => chargesDuring(stack, sell), { warmUps: 1, atLeast: turnsEach });
    await floor.sell((more) => sold + more < salesOfDay);
    await stack.settled();
    const alone = await inTurns(() => chargesDuring(stack, () => floor.sell((more) => more < 1)), {
      atLeast: salesAlone,
    });
    const day = new Date().toISOString().slice(0, 10);
    const readTotals = async () => {
      bodyOf(await floor.manager.get(`/api/v1/shops/${floor.shopId}/daily-totals?day=${day}`), 200);
      return 1;
    };
    const totals = await inTurns(() => chargesDuring(stack, readTotals), { atLeast: turnsEach });
    const ofSales = totals.map((charges) => charges.filter(({ container }) => container === 'sales'));
    return [
      ...chargeMeasurements(turns, { what: 'request units per sale', target: { bound: 'at most', value: 60 } }),
      ...chargeMeasurements(alone, { what: 'request units per sale that nothing else happens beside' }),
      ...chargeMeasurements(ofSales, {
        what: `request units of the totals of a day of ${salesOfDay} sales`,
        target: { bound: 'at most', value: 50 },
      }),
    ];
  },
};
