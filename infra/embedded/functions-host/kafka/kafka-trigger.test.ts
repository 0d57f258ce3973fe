import { describe, expect, it } from 'vitest';
import type { RpcBinding } from '../app/rpc.ts';
import { readKafkaTrigger } from './kafka-trigger.ts';

const complete = {
  type: 'kafkaTrigger',
  direction: 'in',
  brokerList: '%BROKERS%',
  topic: 'orders-%STAGE%',
  consumerGroup: 'inventory-on-orders',
} as const;
const settings = { BROKERS: 'one:9092, two:9092', STAGE: 'test', PASSWORD: 'secret' };

function read(properties: Partial<RpcBinding> = {}) {
  const bindings = { events: { ...complete, ...properties } };
  return readKafkaTrigger({ name: 'react', bindings }, import.meta.dirname, settings);
}

describe('a Kafka trigger', () => {
  it('a Kafka trigger has its settings resolved and the defaults of the extension', async () => {
    expect(await read()).toEqual({
      functionName: 'react',
      topic: 'orders-test',
      groupId: 'inventory-on-orders',
      connection: { brokers: ['one:9092', 'two:9092'] },
      cardinality: 'one',
      dataType: 'string',
    });
  });

  it('a Kafka trigger may spell its options in any case', async () => {
    const sasl = { authenticationMode: 'Plain', username: '$ConnectionString', password: '%PASSWORD%' };
    const connection = { sasl: { mechanism: 'plain', username: '$ConnectionString', password: 'secret' } };
    expect(await read({ protocol: 'SASLSSL', ...sasl })).toMatchObject({ connection: { ...connection, ssl: true } });
    expect((await read({ protocol: 'saslPlaintext', ...sasl })).connection).not.toHaveProperty('ssl');
    expect(await read({ cardinality: 'Many', dataType: 'BINARY' })).toMatchObject({
      cardinality: 'many',
      dataType: 'binary',
    });
  });

  it.each([
    ['ScramSha256', 'scram-sha-256'],
    ['SCRAMSHA512', 'scram-sha-512'],
  ])('a Kafka trigger accepts the authentication mode %s', async (authenticationMode, mechanism) => {
    const { connection } = await read({ protocol: 'SaslSsl', authenticationMode, username: 'ann', password: 'pw' });
    expect(connection.sasl).toEqual({ mechanism, username: 'ann', password: 'pw' });
  });

  it('a Kafka trigger takes a CA as text or as a file', async () => {
    expect((await read({ protocol: 'SSL', sslCaPEM: 'PEM' })).connection.ssl).toEqual({ ca: ['PEM'] });
    const { connection } = await read({ protocol: 'SSL', sslCaLocation: 'kafka-trigger.test.ts' });
    expect(connection.ssl).toEqual({ ca: [expect.stringContaining('takes a CA as text or as a file')] });
    await expect(read({ protocol: 'SSL', sslCaLocation: 'no.pem' })).rejects.toThrow('"sslCaLocation" cannot be read');
  });

  it('a Kafka trigger with a missing or unsupported property is refused and names function and property', async () => {
    const refusals: [Partial<RpcBinding>, string][] = [
      [{ topic: '%TOPIC%' }, 'Function "react": "topic" needs the setting TOPIC, which is not set.'],
      [{ brokerList: '' }, 'Function "react": "brokerList" is wrong'],
      [{ protocol: 'TLS' }, 'Function "react": "protocol" is wrong'],
      [
        { protocol: 'SASLSSL', authenticationMode: 'GSSAPI' },
        '"authenticationMode" Plain, ScramSha256 and ScramSha512 only',
      ],
      [{ avroSchema: '{}' }, 'does not support "avroSchema"'],
    ];
    for (const [properties, message] of refusals) await expect(read(properties)).rejects.toThrow(message);
  });
});
