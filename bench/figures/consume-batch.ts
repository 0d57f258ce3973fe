import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { temporaryFolder } from '../kernel-settings.ts';
import { startBroker } from '../raw/bench-broker.ts';
import { consumedFrom, ratioOf } from '../raw/consumed-from.ts';
import { typical } from '../typical.ts';

/**
 * The whole way of an event to its handler (envelope and contract checked, grouped by boundary, each behind a savepoint)
 * with a handler that records nothing, against kafkajs `eachBatch` and JSON.parse alone: the same topic of orders, read
 * with the same client settings from the same broker, in turns, the first turn of each as warm-up. The ratio is the
 * median over the turns.
 */
export const consumeBatchFigure: Figure = {
  key: 'a',
  title: 'consumeBatch with a handler that records nothing, against kafkajs eachBatch and JSON.parse',
  async measure({ windowMs }) {
    using temporary = temporaryFolder();
    await using broker = await startBroker(temporary.folder);
    const turn = await consumedFrom(broker, temporary.folder, windowMs);
    const turns = await inTurns(turn, { warmUps: 1, forMs: 2 * windowMs });
    return [
      {
        what: 'consumeBatch / eachBatch and JSON.parse',
        ...typical(turns.map(ratioOf)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.6 },
      },
      { what: 'consumeBatch', ...typical(turns.map(({ ours }) => ours)), unit: 'per second' },
      { what: 'eachBatch and JSON.parse', ...typical(turns.map(({ raw }) => raw)), unit: 'per second' },
    ];
  },
};
