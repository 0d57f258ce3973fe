import { readFileSync } from 'node:fs';
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import type { KafkaSettings } from '../settings.ts';

/**
 * A kafkajs client for the brokers of the settings.
 * Source of the time-outs: https://learn.microsoft.com/azure/event-hubs/apache-kafka-configurations
 */
export function connectKafka(settings: KafkaSettings, clientId: string): Kafka {
  return new Kafka({
    clientId,
    brokers: settings.KAFKA_BROKERS,
    connectionTimeout: 10_000,
    requestTimeout: 60_000,
    // By default kafkajs takes twenty seconds to say that nobody is there; who sends has a patience of their own.
    retry: { retries: 1, initialRetryTime: 100 },
    logLevel: logLevel.NOTHING,
    ...encryptionOf(settings),
    ...identityOf(settings),
  });
}

function encryptionOf({ KAFKA_SECURITY_PROTOCOL, KAFKA_CA_FILE }: KafkaSettings): Pick<KafkaConfig, 'ssl'> {
  if (!KAFKA_SECURITY_PROTOCOL.endsWith('SSL')) return {};
  return { ssl: KAFKA_CA_FILE === undefined ? true : { ca: readFileSync(KAFKA_CA_FILE, 'utf8') } };
}

function identityOf(settings: KafkaSettings): Pick<KafkaConfig, 'sasl'> {
  if (!settings.KAFKA_SECURITY_PROTOCOL.startsWith('SASL')) return {};
  const user = { username: settings.KAFKA_SASL_USERNAME, password: settings.KAFKA_SASL_PASSWORD };
  switch (settings.KAFKA_SASL_MECHANISM) {
    case 'PLAIN':
      return { sasl: { mechanism: 'plain', ...user } };
    case 'SCRAM-SHA-256':
      return { sasl: { mechanism: 'scram-sha-256', ...user } };
    case 'SCRAM-SHA-512':
      return { sasl: { mechanism: 'scram-sha-512', ...user } };
  }
}
