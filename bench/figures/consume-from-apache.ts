import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { temporaryFolder } from '../kernel-settings.ts';
import { startApacheBroker, startBroker } from '../raw/bench-broker.ts';
import { type Consumed, consumedFrom, ratioOf } from '../raw/consumed-from.ts';
import { typical } from '../typical.ts';

/** Turns until the JVM's compiler has seen enough of what it does. */
const warmUps = 3;

interface Turn {
  readonly apache: Consumed;
  readonly embedded: Consumed;
}

/**
 * Figure (a) on a topic of Apache Kafka, against figure (a) on the same topic of the embedded broker: the same clients with the
 * same settings, over SASL_SSL, in turns. kafkajs asks for the next batch when it is done with the last, so the absolute rates,
 * which stand beside the ratio, have in them how long each broker takes to hand a batch over.
 */
export const consumeFromApacheFigure: Figure = {
  key: 'a',
  title: 'figure (a) on Apache Kafka, against figure (a) on the embedded broker',
  async measure({ windowMs }) {
    using ofApache = temporaryFolder();
    using ofEmbedded = temporaryFolder();
    await using apache = await startApacheBroker(ofApache.folder);
    await using embedded = await startBroker(ofEmbedded.folder);
    const fromApache = await consumedFrom(apache, ofApache.folder, windowMs);
    const fromEmbedded = await consumedFrom(embedded, ofEmbedded.folder, windowMs);
    const turn = async (): Promise<Turn> => ({ apache: await fromApache(), embedded: await fromEmbedded() });

    const turns = await inTurns(turn, { warmUps, forMs: 2 * windowMs });
    const over = (value: (turn: Turn) => number) => typical(turns.map(value));
    return [
      {
        what: 'figure (a) on Apache Kafka / on the embedded broker',
        ...over((one) => ratioOf(one.apache) / ratioOf(one.embedded)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.8 },
      },
      { what: 'figure (a) on Apache Kafka', ...over((one) => ratioOf(one.apache)), unit: 'ratio' },
      { what: 'figure (a) on the embedded broker', ...over((one) => ratioOf(one.embedded)), unit: 'ratio' },
      { what: 'consumeBatch, rates', ...over((one) => one.apache.ours / one.embedded.ours), unit: 'ratio' },
      { what: 'consumeBatch, Apache Kafka', ...over((one) => one.apache.ours), unit: 'per second' },
      { what: 'consumeBatch, embedded broker', ...over((one) => one.embedded.ours), unit: 'per second' },
      { what: 'eachBatch, rates', ...over((one) => one.apache.raw / one.embedded.raw), unit: 'ratio' },
      { what: 'eachBatch, Apache Kafka', ...over((one) => one.apache.raw), unit: 'per second' },
      { what: 'eachBatch, embedded broker', ...over((one) => one.embedded.raw), unit: 'per second' },
    ];
  },
};
