import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Figure, Measurement } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { rawSalesPerSecond } from '../raw/sale-batches.ts';
import { running } from '../running.ts';
import { openTills } from '../tills/shop-floor.ts';
import { watchStockTaken } from '../tills/stock-taken.ts';
import { typical } from '../typical.ts';

const turnsEach = 5;

interface Turn {
  readonly sold: number;
  readonly raw: number;
}

/**
 * Sales completed per second by four tills of one shop, each with one sale of two lines after the other, from the request to its answer,
 * against as many written by one client by the same operations, each sale by itself (`../raw/sale-batches.ts`). In turns; the ratio is the
 * median over the turns.
 *
 * A sale is completed when it is answered, so neither side has what others make of it: sales run with the catalog alone. That is how the
 * target reads, which says of the request units of a sale, and not of this, that inventory's reaction is included. The other reading
 * stands below it without a target: until inventory has taken the stock of the last sale, against what both services write.
 */
export const salesFigure: Figure = {
  key: 'm',
  title: 'sales completed per second at four tills, against raw batches of the same',
  async measure({ windowMs }) {
    const alone = await untilAnswered(windowMs);
    const whole = await untilStockIsTaken(windowMs);
    return [
      {
        what: 'sales completed / sales in raw batches',
        ...typical(alone.map(({ sold, raw }) => sold / raw)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.5 },
      },
      ...rates(alone, ['sales completed', 'sales in raw batches']),
      {
        what: 'with stock: sales / sales in raw batches',
        ...typical(whole.map(({ sold, raw }) => sold / raw)),
        unit: 'ratio',
      },
      ...rates(whole, ['with stock: sales', 'with stock: sales in raw batches']),
    ];
  },
};

async function untilAnswered(windowMs: number): Promise<readonly Turn[]> {
  const stack = await startStack({ env: { ENABLED_SERVICES: 'catalog,sales' } });
  await using _ = running(() => stack.stop());
  const floor = await openTills(stack);
  const turn = async () => {
    const start = performance.now();
    const sold = await floor.sell(() => performance.now() - start < windowMs / 2);
    const perSecond = sold / ((performance.now() - start) / 1_000);
    // The events of this turn would take their part of the raw limit.
    await stack.settled();
    return { sold: perSecond, raw: await rawSalesPerSecond(stack.cosmos, windowMs / 3) };
  };
  return await inTurns(turn, { warmUps: 1, atLeast: turnsEach });
}

async function untilStockIsTaken(windowMs: number): Promise<readonly Turn[]> {
  const stack = await startStack({ env: { ENABLED_SERVICES: 'catalog,sales,inventory' } });
  await using _ = running(() => stack.stop());
  const floor = await openTills(stack);
  await using taken = await watchStockTaken(stack.kafka);
  let all = 1; // the tills were opened with one
  const turn = async () => {
    const start = performance.now();
    const sold = await floor.sell(() => performance.now() - start < windowMs / 2);
    all += sold;
    await taken.of(all);
    const perSecond = sold / ((performance.now() - start) / 1_000);
    await stack.settled();
    return { sold: perSecond, raw: await rawSalesPerSecond(stack.cosmos, windowMs / 3, { isStockTaken: true }) };
  };
  return await inTurns(turn, { warmUps: 1, atLeast: turnsEach });
}

function rates(turns: readonly Turn[], [ours, raw]: readonly [string, string]): readonly Measurement[] {
  return [
    { what: ours, ...typical(turns.map(({ sold }) => sold)), unit: 'per second' },
    { what: raw, ...typical(turns.map((turn) => turn.raw)), unit: 'per second' },
  ];
}
