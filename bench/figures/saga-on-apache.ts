import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { temporaryFolder } from '../kernel-settings.ts';
import { startApacheBroker } from '../raw/bench-broker.ts';
import { rush } from '../shop/rush.ts';
import { openShop, type Shop } from '../shop/shop.ts';
import { typical } from '../typical.ts';

/** Turns of each, one after the other. */
const turnsEach = 3;
/** Turns before them, until the JVM's compiler, which wants a core as long as all is new to it, has done most of its work. */
const warmUps = 6;

/**
 * Orders confirmed per second as in figure (c), on a stack whose bus is Apache Kafka, against a stack with the embedded
 * broker; both over SASL_SSL. In turns; the ratio is the median over the turns. Apache Kafka needs its share of the same
 * cores, in a process of its own.
 */
export const sagaOnApacheFigure: Figure = {
  key: 'c',
  title: 'orders confirmed per second on Apache Kafka, against the embedded broker',
  async measure({ windowMs }) {
    using temporary = temporaryFolder();
    await using broker = await startApacheBroker(temporary.folder);
    await using onApache = await openShop({ bus: broker.bus });
    await using onEmbedded = await openShop({ env: { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL' } });
    const rate = async (shop: Shop) => {
      const { confirmedPerSecond } = await rush(shop, windowMs / 2);
      // What follows a confirmation would take its part of the other's turn.
      await shop.stack.settled();
      return confirmedPerSecond;
    };
    const turn = async () => ({ apache: await rate(onApache), embedded: await rate(onEmbedded) });

    const turns = await inTurns(turn, { warmUps, atLeast: turnsEach });
    return [
      {
        what: 'orders confirmed per second on Apache Kafka / on the embedded broker',
        ...typical(turns.map((rates) => rates.apache / rates.embedded)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.8 },
      },
      { what: 'on Apache Kafka', ...typical(turns.map((rates) => rates.apache)), unit: 'per second' },
      { what: 'on the embedded broker', ...typical(turns.map((rates) => rates.embedded)), unit: 'per second' },
    ];
  },
};
