import { type Kafka, Partitioners, type TopicMessages } from 'kafkajs';
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
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    idempotent: false,
    metadataMaxAge: 180_000,
    retry: { retries: 1, initialRetryTime: 100 },
  });
  const admin = kafka.admin({ retry: { retries: 0 } });
  const producing = once(() => producer.connect());
  const administering = once(() => admin.connect());
  return {
    name: nameOf(settings),
    async send(messages) {
      try {
        await producing();
        await producer.sendBatch({ acks: -1, topicMessages: byTopic(messages) });
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
      await Promise.all([producer.disconnect(), admin.disconnect()]);
    },
  };
}

function nameOf({ KAFKA_SECURITY_PROTOCOL: protocol, KAFKA_SASL_MECHANISM: mechanism }: KafkaSettings): string {
  return protocol.startsWith('SASL') ? `Kafka (${protocol}, ${mechanism})` : `Kafka (${protocol})`;
}

function byTopic(messages: readonly BusMessage[]): TopicMessages[] {
  const topics = Map.groupBy(messages, ({ topic }) => topic);
  return [...topics].map(([topic, ofTopic]) => ({
    topic,
    messages: ofTopic.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } })),
  }));
}

/** kafkajs gives the protocol's name of an error as `type`, and wraps the last error of several tries. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('type' in error && typeof error.type === 'string' && refusals.has(error.type)) || isRefusal(error.cause);
}
