import type { Figure } from '../figure.ts';
import { kernelConsumer } from '../kernel-consumer.ts';
import { temporaryFolder } from '../kernel-settings.ts';
import { median } from '../median.ts';
import { startApacheBroker, startBroker } from '../raw/bench-broker.ts';
import { fillTopic } from '../raw/fill-topic.ts';
import { orderMessages } from '../raw/order-messages.ts';
import { readTopic } from '../raw/read-topic.ts';

const topic = 'bench-orders';
/** For each second of a window: a turn then takes a tenth of a window or so. */
const messagesPerSecond = 10_000;

/**
 * How fast `consumeBatch`, with a handler that records nothing, gets through a topic of Apache Kafka, against the same topic
 * of the embedded broker: the same client with the same settings, over SASL_SSL, in turns, the first of each as warm-up.
 */
export const consumeFromApacheFigure: Figure = {
  key: 'a',
  title: 'consumeBatch on a topic of Apache Kafka, against one of the embedded broker',
  async measure({ windowMs }) {
    using ofApache = temporaryFolder();
    using ofEmbedded = temporaryFolder();
    await using apache = await startApacheBroker(ofApache.folder);
    await using embedded = await startBroker(ofEmbedded.folder);
    const count = Math.ceil((windowMs / 1_000) * messagesPerSecond);
    for (const { kafka } of [apache, embedded]) await fillTopic(kafka, topic, orderMessages(count));
    const eachBatch = await kernelConsumer(ofEmbedded.folder);
    const read = async ({ kafka }: typeof embedded) => count / (await readTopic({ kafka, topic, count, eachBatch }));
    const turn = async () => ({ apache: await read(apache), embedded: await read(embedded) });

    await turn();
    const turns = [];
    const end = performance.now() + 2 * windowMs;
    while (turns.length === 0 || performance.now() < end) turns.push(await turn());
    return [
      {
        what: 'consumeBatch from Apache Kafka / from the embedded broker',
        value: median(turns.map((rates) => rates.apache / rates.embedded)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.8 },
      },
      { what: 'from Apache Kafka', value: median(turns.map((rates) => rates.apache)), unit: 'per second' },
      { what: 'from the embedded broker', value: median(turns.map((rates) => rates.embedded)), unit: 'per second' },
    ];
  },
};
