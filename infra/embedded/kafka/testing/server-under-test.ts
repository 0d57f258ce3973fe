import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Admin,
  type Consumer,
  type EachMessagePayload,
  Kafka,
  type KafkaConfig,
  logLevel,
  Partitioners,
} from 'kafkajs';
import { onTestFinished } from 'vitest';
import { type KafkaServer, type KafkaServerOptions, startKafkaServer } from '../server.ts';

/** A folder of its own for one test, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kafka-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server for one test. It may be closed and started anew on the same port and folder. */
export async function startServer(options: Partial<KafkaServerOptions> = {}): Promise<KafkaServer> {
  const server = await startKafkaServer({ dataDir: options.dataDir ?? temporaryFolder(), ...options });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await server.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...server, close };
}

export function clientOf(server: Pick<KafkaServer, 'brokers'>, config: Partial<KafkaConfig> = {}): Kafka {
  const retry = { initialRetryTime: 20, maxRetryTime: 200, retries: 3 };
  return new Kafka({ clientId: 'test', brokers: [server.brokers], logLevel: logLevel.NOTHING, retry, ...config });
}

export async function connectAdmin(kafka: Kafka): Promise<Admin> {
  const admin = kafka.admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  return admin;
}

export async function connectProducer(kafka: Kafka, options: Parameters<Kafka['producer']>[0] = {}) {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, ...options });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

/** Creates a topic and answers with its name. */
export async function createTopic(
  kafka: Kafka,
  topic: string,
  numPartitions = 1,
  configs: Record<string, string> = {},
) {
  const admin = await connectAdmin(kafka);
  const configEntries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }] });
  return topic;
}

export interface Collector {
  readonly consumer: Consumer;
  readonly seen: EachMessagePayload[];
  /** The values in the order they came. */
  values(): string[];
}

/** Runs a consumer that keeps what it gets. */
export async function collect(
  kafka: Kafka,
  topic: string,
  options: Partial<Parameters<Kafka['consumer']>[0]> = {},
): Promise<Collector> {
  const consumer = kafka.consumer({
    groupId: `group-of-${topic}`,
    sessionTimeout: 1_000,
    heartbeatInterval: 100,
    maxWaitTimeInMs: 100,
    ...options,
  });
  const seen: EachMessagePayload[] = [];
  await consumer.connect();
  onTestFinished(() => consumer.disconnect());
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommitThreshold: 1,
    eachMessage: async (payload) => {
      seen.push(payload);
    },
  });
  return { consumer, seen, values: () => seen.map(({ message }) => String(message.value)) };
}
