import { expect, it, onTestFinished, vi } from 'vitest';
import { clientOf, createTopic, startServer } from '../../../../infra/embedded/kafka/testing/server-under-test.ts';
import { connectKafka } from '../../../../shared/bus/kafka/kafka-connection.ts';
import { kafkaTransport } from '../../../../shared/bus/kafka/kafka-transport.ts';
import { readKafkaSettings } from '../../../../shared/settings/settings.ts';
import { startTokenEndpoint } from '../../../rigs/bus/token-endpoint.ts';

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const topic = 'order-events';
const users = { admin: 'secret' };

async function bench(lifeSeconds: number) {
  const endpoint = await startTokenEndpoint(lifeSeconds);
  onTestFinished(() => endpoint[Symbol.asyncDispose]());
  const server = await startServer({ profile: 'event-hubs', users, identitySecret: endpoint.secret });
  await createTopic(clientOf(server, { sasl: { mechanism: 'plain', username: 'admin', password: 'secret' } }), topic);
  const where = { KAFKA_BROKERS: server.brokers, KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT', ...endpoint.settings };
  const transportWith = (change: Readonly<Record<string, string>> = {}) => {
    const settings = readKafkaSettings({ ...where, ...change });
    const transport = kafkaTransport(connectKafka(settings, 'lagerhaus'), settings);
    onTestFinished(() => transport.close());
    return transport;
  };
  return { endpoint, kafka: connectKafka(readKafkaSettings(where), 'reader'), transportWith };
}

it('clients send and receive everything in order though each expired OAuth token closes the connection', async () => {
  const { endpoint, kafka, transportWith } = await bench(2);
  const transport = transportWith();
  const consumer = kafka.consumer({ groupId: 'readers', sessionTimeout: 2_000, heartbeatInterval: 200 });
  await consumer.connect();
  onTestFinished(() => consumer.disconnect());
  await consumer.subscribe({ topic, fromBeginning: true });
  const seen = new Set<string>();
  await consumer.run({ eachMessage: async ({ message }) => void seen.add(String(message.value)) });

  const sent: string[] = [];
  while (endpoint.issued() < 8) {
    const value = String(sent.length);
    await eventually(() => transport.send([{ topic, key: 'main', value, headers: {} }]));
    sent.push(value);
  }
  await eventually(() => expect([...seen]).toEqual(sent));
});

it('an OAuth token is requested once while it is valid', async () => {
  const { endpoint, transportWith } = await bench(60);
  const transport = transportWith();
  await transport.send([{ topic, key: 'main', value: 'x', headers: {} }]);
  await transport.ping();
  expect(endpoint.issued()).toBe(1);
});

it('an OAuth client without a token, or with an untrusted one, is told that authentication failed', async () => {
  const { transportWith } = await bench(60);
  const refused = transportWith({ KAFKA_OAUTH_CLIENT_SECRET: 'wrong' });
  await expect(refused.ping()).rejects.toThrow('the token endpoint answers 401');
  const other = await startTokenEndpoint(60, 'another secret');
  onTestFinished(() => other[Symbol.asyncDispose]());
  const stranger = transportWith(other.settings);
  await expect(stranger.ping()).rejects.toThrow(/gets no token of ours that it takes.*KAFKA_OAUTH_TOKEN_URL/);
});
