import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { rawSalesPerSecond } from '../raw/sale-batches.ts';
import { running } from '../running.ts';
import { openTills } from '../tills/shop-floor.ts';
import { typical } from '../typical.ts';

const turnsEach = 5;

/**
 * Sales completed per second by four tills of one shop, each with one sale of two lines after the other, from the request to its answer,
 * against as many written by one client in raw batches of the same operations. Sales run with the catalog alone: what other services
 * make of the events is theirs. In turns; the ratio is the median over the turns.
 */
export const salesFigure: Figure = {
  key: 'm',
  title: 'sales completed per second at four tills, against raw batches of the same',
  async measure({ windowMs }) {
    const stack = await startStack({ env: { ENABLED_SERVICES: 'catalog,sales' } });
    await using _ = running(() => stack.stop());
    using floor = await openTills(stack);
    const turn = async () => {
      const start = performance.now();
      const sold = await floor.sell(() => performance.now() - start < windowMs / 2);
      const perSecond = sold / ((performance.now() - start) / 1_000);
      // The events of this turn would take their part of the raw limit.
      await stack.settled();
      return { sold: perSecond, raw: await rawSalesPerSecond(stack.cosmos, windowMs / 3) };
    };
    const turns = await inTurns(turn, { warmUps: 1, atLeast: turnsEach });
    return [
      {
        what: 'sales completed / sales in raw batches',
        ...typical(turns.map(({ sold, raw }) => sold / raw)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.5 },
      },
      { what: 'sales completed', ...typical(turns.map(({ sold }) => sold)), unit: 'per second' },
      { what: 'sales in raw batches', ...typical(turns.map(({ raw }) => raw)), unit: 'per second' },
    ];
  },
};
