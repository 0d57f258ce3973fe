import { describe, expect, it } from 'vitest';
import { readSettings } from '../settings/settings.ts';
import { kafkaTrigger } from './kafka-trigger.ts';

const environment = {
  KAFKA_BROKERS: 'one:9092',
  COSMOS_ENDPOINT: 'https://account.documents.azure.com',
  COSMOS_KEY: 'a2V5',
  SIGNING_KEYS_FILE: '/keys.json',
  KAFKA_SASL_PASSWORD: 'Endpoint=sb://one/',
};

describe('the Kafka trigger', () => {
  const consumer = {
    name: 'inventory-on-order-events',
    service: 'inventory',
    topic: 'order-events',
    reactions: [],
  } as const;

  it('the Kafka trigger has what the extension needs, and leaves secrets to the host', () => {
    const secret = { ...environment, KAFKA_SASL_PASSWORD: 'Endpoint=sb://hunter2' };
    const trigger = kafkaTrigger(consumer, readSettings([], secret));
    expect(trigger).toEqual({
      type: 'kafkaTrigger',
      name: 'events',
      brokerList: '%KAFKA_BROKERS%',
      topic: 'order-events',
      consumerGroup: 'inventory-on-order-events',
      protocol: 'SASLSSL',
      authenticationMode: 'PLAIN',
      username: '$ConnectionString',
      password: '%KAFKA_SASL_PASSWORD%',
      cardinality: 'many',
      dataType: 'string',
      lagThreshold: 1_000,
    });
    expect(JSON.stringify(trigger)).not.toContain('hunter2');
  });

  it.each([
    ['PLAINTEXT', 'PLAINTEXT', false],
    ['SSL', 'SSL', false],
    ['SASL_PLAINTEXT', 'SASLPLAINTEXT', true],
  ])('the Kafka trigger spells the protocol %s as %s (with credentials: %s)', (protocol, spelled, hasCredentials) => {
    const trigger = kafkaTrigger(consumer, readSettings([], { ...environment, KAFKA_SECURITY_PROTOCOL: protocol }));
    expect([trigger.protocol, 'password' in trigger]).toEqual([spelled, hasCredentials]);
  });

  it.each([
    ['PLAIN', 'PLAIN'],
    ['SCRAM-SHA-256', 'SCRAMSHA256'],
    ['SCRAM-SHA-512', 'SCRAMSHA512'],
  ])('the Kafka trigger spells the mechanism %s as %s', (mechanism, spelled) => {
    const trigger = kafkaTrigger(consumer, readSettings([], { ...environment, KAFKA_SASL_MECHANISM: mechanism }));
    expect(trigger.authenticationMode).toBe(spelled);
  });

  it('the Kafka trigger asks for an instance more for each LAG_THRESHOLD events that wait', () => {
    const trigger = kafkaTrigger(consumer, readSettings([], { ...environment, LAG_THRESHOLD: '200' }));
    expect(trigger.lagThreshold).toBe(200);
  });

  it('the Kafka trigger trusts the certificate authority of KAFKA_CA_FILE', () => {
    const trigger = kafkaTrigger(consumer, readSettings([], { ...environment, KAFKA_CA_FILE: '/ca.pem' }));
    expect(trigger).toMatchObject({ sslCaLocation: '%KAFKA_CA_FILE%' });
  });
});
