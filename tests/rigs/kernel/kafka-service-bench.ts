import { onTestFinished } from 'vitest';
import type { KafkaServer, KafkaServerOptions } from '../../../infra/embedded/kafka/server.ts';
import { startServer } from '../../../infra/embedded/kafka/testing/server-under-test.ts';
import { connectKafka } from '../../../shared/bus/kafka/kafka-connection.ts';
import { provisionTopics } from '../../../shared/bus/provision-topics.ts';
import { aUserCreated } from '../../../shared/events/contracts/contracts.examples.ts';
import {
  createEvent,
  type Envelope,
  type EventHandler,
  KafkaService,
} from '../../../shared/kafka-service/kafka-service.ts';
import { readKafkaSettings } from '../../../shared/settings/settings.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const settingsFor = ({ brokers }: Pick<KafkaServer, 'brokers'>) =>
  readKafkaSettings({ KAFKA_BROKERS: brokers, KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT' });

/** A service of a program of its own, not connected yet. */
export function serviceOn(server: Pick<KafkaServer, 'brokers'>): KafkaService {
  const service = new KafkaService({ settings: settingsFor(server), sessionTimeoutMs: 1_000, log });
  onTestFinished(() => service.disconnect());
  return service;
}

export async function connectedTo(server: Pick<KafkaServer, 'brokers'>): Promise<KafkaService> {
  const service = serviceOn(server);
  await service.initialize();
  return service;
}

/** A broker that has the topics, and a service connected to it. */
export async function busWithService(options: Partial<KafkaServerOptions> = {}) {
  const server = await startServer(options);
  await provisionTopics(connectKafka(settingsFor(server), 'provision'), { partitions: 2, retentionMs: 3_600_000 });
  return { server, kafka: await connectedTo(server) };
}

/** An event about a user. */
export function aUser(userId: string): Envelope {
  return createEvent('USER_CREATED', { ...aUserCreated.data, userId }, { tenantId: 'acme', source: 'tests' });
}

/** A handler that keeps the subjects of what it has handled; `first` may throw before. */
export function keeping(first: (event: Envelope) => Promise<void> | void = () => undefined) {
  const seen: string[] = [];
  const handler: EventHandler = async (event) => {
    await first(event);
    seen.push(event.subject);
  };
  return { seen, handler };
}
