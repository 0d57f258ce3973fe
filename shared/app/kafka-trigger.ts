import type { TopicConsumer } from '../consuming/topic-consumer.ts';
import type { Settings } from '../settings/settings.ts';

/** The security protocols in the spelling of the Kafka extension (Confluent.Kafka's enum). */
const protocols: Readonly<Record<Settings['KAFKA_SECURITY_PROTOCOL'], string>> = {
  PLAINTEXT: 'PLAINTEXT',
  SSL: 'SSL',
  SASL_PLAINTEXT: 'SASLPLAINTEXT',
  SASL_SSL: 'SASLSSL',
};

/** The mechanisms, in its spelling. It cannot use an identity: a connection string that may only listen does instead. */
const authenticationModes: Readonly<Record<Settings['KAFKA_SASL_MECHANISM'], string>> = {
  PLAIN: 'PLAIN',
  'SCRAM-SHA-256': 'SCRAMSHA256',
  'SCRAM-SHA-512': 'SCRAMSHA512',
  OAUTHBEARER: 'PLAIN',
};

/**
 * The binding of a Kafka-triggered function. The host resolves `%NAME%`, and knows no default: so that is for what the
 * settings require, whereas the user, who has a default, is written out.
 * Source: https://learn.microsoft.com/azure/azure-functions/functions-bindings-kafka-trigger
 */
export function kafkaTrigger({ name, topic }: TopicConsumer, settings: Settings) {
  const isSecured = settings.KAFKA_SECURITY_PROTOCOL.startsWith('SASL');
  return {
    type: 'kafkaTrigger',
    name: 'events',
    brokerList: '%KAFKA_BROKERS%',
    topic,
    consumerGroup: name,
    protocol: protocols[settings.KAFKA_SECURITY_PROTOCOL],
    ...(isSecured
      ? {
          authenticationMode: authenticationModes[settings.KAFKA_SASL_MECHANISM],
          username: settings.KAFKA_SASL_USERNAME,
          password: '%KAFKA_SASL_PASSWORD%',
        }
      : {}),
    ...(settings.KAFKA_CA_FILE === undefined ? {} : { sslCaLocation: '%KAFKA_CA_FILE%' }),
    cardinality: 'many',
    dataType: 'string',
    // What the platform scales by; nothing here reads it.
    lagThreshold: settings.LAG_THRESHOLD,
  };
}
