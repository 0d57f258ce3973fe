import path from 'node:path';
import { Partitioners } from 'kafkajs';
import type { KafkaServerOptions } from '../../infra/local/kafka/server.ts';
import type { KafkaAddress } from '../../infra/local/servers/kafka-thread.ts';
import { ServerThread } from '../../infra/local/servers/server-thread.ts';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from '../../tests/stack/kafka-client.ts';
import { running } from '../running.ts';

export interface BenchBroker extends AsyncDisposable {
  readonly kafka: StackFile['kafka'];
  /** Makes a topic of one partition with these messages in it. */
  fill(topic: string, values: Iterable<{ readonly key: string; readonly value: string }>): Promise<void>;
}

const [user, password] = ['bench', 'bench'];
/** Messages a request: below the megabyte that a record batch may have. */
const atOnce = 500;

/** The embedded broker alone, in a thread of its own. */
export async function startBroker(folder: string): Promise<BenchBroker> {
  const failure = Promise.withResolvers<never>();
  // Whoever speaks to a broker that has broken fails by itself.
  failure.promise.catch(() => undefined);
  const thread = new ServerThread<KafkaServerOptions, KafkaAddress>({
    server: 'kafka',
    module: new URL('../../infra/local/servers/kafka-thread.ts', import.meta.url),
    options: { dataDir: path.join(folder, 'kafka'), users: { [user]: password } },
    onBroken: failure.reject,
  });
  const { brokers } = await thread.start();
  const started = running(() => thread.stop());
  const kafka = {
    isOutside: true,
    brokers,
    securityProtocol: 'SASL_PLAINTEXT',
    saslMechanism: 'PLAIN',
    user,
    password,
  } as const;
  return {
    kafka,
    async fill(topic, values) {
      const client = kafkaClient(kafka, 'bench');
      const admin = client.admin();
      const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
      await Promise.all([admin.connect(), producer.connect()]);
      await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
      const messages = [...values];
      for (let start = 0; start < messages.length; start += atOnce)
        await producer.send({ topic, messages: messages.slice(start, start + atOnce) });
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}
