import { type Kafka, Partitioners } from 'kafkajs';
import { inParallel } from '../../async/in-parallel.ts';
import { once } from '../../async/once.ts';
import type { KafkaSettings } from '../../settings/bus-settings.ts';
import type { BusMessage } from '../bus-message.ts';
import { MessageRefusedError, type Transport } from '../transport.ts';
import { busUnusable } from './bus-trouble.ts';

/** Errors that say something of the message. Source: https://kafka.apache.org/protocol.html#protocol_error_codes */
const refusals = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'CORRUPT_MESSAGE',
  'INVALID_TIMESTAMP',
]);

/**
 * Sends by the Kafka protocol. Not idempotent on the wire (Event Hubs does that unreliably): a message may arrive twice,
 * and consumers tell by the event's id. Where the bus cannot be used, it rejects with `BusUnusable`.
 */
export function kafkaTransport(kafka: Kafka, settings: KafkaSettings): Transport {
  const producers = new Map<string, TopicProducer>();
  const producerOf = (topic: string) => {
    const producer = producers.get(topic) ?? topicProducer(kafka, topic);
    producers.set(topic, producer);
    return producer;
  };
  const admin = kafka.admin({ retry: { retries: 0 } });
  const administering = once(() => admin.connect());
  return {
    name: nameOf(settings),
    async send(messages) {
      const byTopic = [...Map.groupBy(messages, ({ topic }) => topic)];
      try {
        await inParallel(byTopic, byTopic.length, ([topic, ofTopic]) => producerOf(topic).send(ofTopic));
      } catch (error) {
        throw isRefusal(error)
          ? new MessageRefusedError(`the bus refuses a message: ${String(error)}`, { cause: error })
          : busUnusable(error, settings);
      }
    },
    async ping() {
      try {
        await administering();
        await admin.describeCluster();
      } catch (error) {
        throw busUnusable(error, settings);
      }
    },
    async close() {
      await Promise.all([...producers.values(), admin].map((client) => client.disconnect()));
    },
  };
}

interface TopicProducer {
  send(messages: readonly BusMessage[]): Promise<void>;
  disconnect(): Promise<void>;
}

/**
 * A producer for one topic: kafkajs asks for the metadata of all topics that a producer has ever written to in one request, and
 * takes none of it where one of them is gone or forbidden.
 * Source: kafkajs 2.2.4, src/cluster/index.js (REFRESH_METADATA)
 */
function topicProducer(kafka: Kafka, topic: string): TopicProducer {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    idempotent: false,
    metadataMaxAge: 180_000,
    retry: { retries: 1, initialRetryTime: 100 },
  });
  const producing = once(() => producer.connect());
  return {
    async send(messages) {
      await producing();
      await producer.send({
        topic,
        acks: -1,
        messages: messages.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } })),
      });
    },
    disconnect: () => producer.disconnect(),
  };
}

function nameOf({ KAFKA_SECURITY_PROTOCOL: protocol, KAFKA_SASL_MECHANISM: mechanism }: KafkaSettings): string {
  return protocol.startsWith('SASL') ? `Kafka (${protocol}, ${mechanism})` : `Kafka (${protocol})`;
}

/** kafkajs gives the protocol's name of an error as `type`, and wraps the last error of several tries. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('type' in error && typeof error.type === 'string' && refusals.has(error.type)) || isRefusal(error.cause);
}
