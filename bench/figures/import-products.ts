import { bodyOf } from '../../tests/rigs/clients/api-client.ts';
import { importFile, productFile } from '../../tests/rigs/clients/product-file.ts';
import { Shop } from '../../tests/rigs/clients/shop.ts';
import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { rawProductsPerSecond } from '../raw/product-batches.ts';
import { running } from '../running.ts';
import { typical } from '../typical.ts';

const productCount = 10_000;
const turnsEach = 5;

/**
 * Products imported per second, from the request with a CSV file of 10,000 to its answer, against as many written by one
 * client in raw batches of the same operations and size. The catalog runs alone: what other services make of the events is
 * theirs. Each turn is a tenant of its own, so every product is new; the ratio is the median over the turns.
 */
export const importProductsFigure: Figure = {
  key: 'i',
  title: 'products imported per second, against raw batches of the same',
  async measure({ windowMs }) {
    const stack = await startStack({ env: { ENABLED_SERVICES: 'catalog' } });
    await using _ = running(() => stack.stop());
    const file = productFile(productCount);
    const importOnce = async () => {
      const manager = await new Shop(stack).as('manager');
      const start = performance.now();
      const { created } = bodyOf(await importFile(manager, file), 200);
      const perSecond = created / ((performance.now() - start) / 1_000);
      if (created !== productCount) throw new Error(`${created} of ${productCount} products were imported`);
      // The events of this turn would take their part of the next.
      await stack.settled();
      return perSecond;
    };
    await importOnce();
    const turn = async () => ({
      imported: await importOnce(),
      raw: await rawProductsPerSecond(stack.cosmos, windowMs / turnsEach),
    });
    const turns = await inTurns(turn, { atLeast: turnsEach });
    return [
      {
        what: 'products imported / products in raw batches',
        ...typical(turns.map(({ imported, raw }) => imported / raw)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.5 },
      },
      { what: 'products imported', ...typical(turns.map(({ imported }) => imported)), unit: 'per second' },
      { what: 'products in raw batches', ...typical(turns.map(({ raw }) => raw)), unit: 'per second' },
    ];
  },
};
