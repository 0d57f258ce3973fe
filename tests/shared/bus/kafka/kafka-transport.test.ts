import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KafkaServerOptions } from '../../../../infra/embedded/kafka/server.ts';
import {
  clientOf,
  collect,
  connectAdmin,
  startServer,
  temporaryFolder,
} from '../../../../infra/embedded/kafka/testing/server-under-test.ts';
import { connectKafka } from '../../../../shared/bus/kafka/kafka-connection.ts';
import { kafkaTransport } from '../../../../shared/bus/kafka/kafka-transport.ts';
import { provisionTopics } from '../../../../shared/bus/provision-topics.ts';
import { topics } from '../../../../shared/events/topics.ts';
import { Dispatcher } from '../../../../shared/publishing/dispatcher.ts';
import { readSettings } from '../../../../shared/settings/settings.ts';
import { createMetrics } from '../../../../shared/telemetry/metrics.ts';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { FaultScript, refuse } from '../../../rigs/kernel/fault-script.ts';
import { kernelBench } from '../../../rigs/kernel/kernel-bench.ts';
import { silentLog } from '../../../rigs/kernel/silent-log.ts';
import { eventually, keepsTheTransportContract, message } from '../../../rigs/kernel/transport-contract.ts';

function settingsFor(brokers: string) {
  return readSettings([], {
    KAFKA_BROKERS: brokers,
    KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
    COSMOS_ENDPOINT: 'http://127.0.0.1',
    COSMOS_KEY: 'none',
    SIGNING_KEYS_FILE: 'none',
  });
}

const clientFor = (brokers: string) => connectKafka(settingsFor(brokers), 'lagerhaus');

async function busBench(options: Partial<KafkaServerOptions> = {}) {
  const faults = new FaultScript();
  const server = await startServer({ faults, ...options });
  await provisionTopics(clientFor(server.brokers), { partitions: 2, retentionMs: 60_000 });
  const transport = kafkaTransport(clientFor(server.brokers), settingsFor(server.brokers));
  onTestFinished(() => transport.close());
  return { server, faults, transport };
}

keepsTheTransportContract({
  open: busBench,
  reopen: startServer,
  sending: 'Produce',
  passing: [
    ['moves the partition', refuse(6)],
    ['has too few replicas', refuse(19)],
    ['no longer knows the client', refuse(31)],
  ],
});

describe('a refused message', () => {
  it.each([
    ['MESSAGE_TOO_LARGE', 10],
    ['RECORD_LIST_TOO_LARGE', 18],
    ['INVALID_TIMESTAMP', 32],
    ['INVALID_RECORD', 87],
    ['CORRUPT_MESSAGE, though kafkajs tries that again', 2],
  ])('Kafka’s refusal of a message is reported as MessageRefusedError: %s', async (_, code) => {
    const { faults, transport } = await busBench();
    faults.always('Produce', refuse(code));
    await expect(transport.send([message('x')])).rejects.toMatchObject({ name: 'MessageRefusedError' });
  });

  it('a message larger than max.message.bytes of its topic is refused by Kafka', async () => {
    const { server, transport } = await busBench();
    const admin = await connectAdmin(clientOf(server));
    const configEntries = [{ name: 'max.message.bytes', value: '1000' }];
    await admin.createTopics({ topics: [{ topic: 'narrow', configEntries }] });
    await expect(transport.send([message('x'.repeat(2_000), { topic: 'narrow' })])).rejects.toMatchObject({
      name: 'MessageRefusedError',
    });
    await expect(transport.send([message('x', { topic: 'narrow' })])).resolves.toBeUndefined();
  });
});
describe('a topic of Kafka that is gone', () => {
  it('messages of all other topics are still sent after a topic was deleted and the connection lost', async () => {
    const dataDir = temporaryFolder();
    const { server, transport } = await busBench({ dataDir });
    const elsewhere = { topic: 'platform-events' };
    await transport.send([message('1'), message('1', elsewhere)]);
    await (await connectAdmin(clientOf(server))).deleteTopics({ topics: ['order-events'] });
    await expect(transport.send([message('2')])).rejects.toThrow();
    await server.close();
    const back = await startServer({ dataDir, port: server.port });
    await eventually(() => expect(transport.send([message('2', elsewhere)])).resolves.toBeUndefined());
    await expect(transport.send([message('3')])).rejects.toThrow();
    await transport.send([message('3', elsewhere)]);
    const { values } = await collect(clientOf(back), 'platform-events');
    await eventually(() => expect(values().slice(-2)).toEqual(['2', '3']));
  });
});

describe('a commit while the bus is away', () => {
  it('an event committed while Kafka is away is sent, and leaves the outbox, once Kafka is back', async () => {
    const dataDir = temporaryFolder();
    const { server, transport } = await busBench({ dataDir });
    const bench = await kernelBench();
    const clock = { now: () => bench.clock.now(), wait: (milliseconds: number) => pause(milliseconds) };
    const dispatcher = new Dispatcher({ transport, clock, log: silentLog, metrics: createMetrics() });
    const count = async (by: number) => {
      const work = bench.open('main/counters:a', { onCommitted: dispatcher.dispatch.bind(dispatcher) });
      (await work.load(Counter, 'a')).record(Counted({ counter: 'a', by }));
      await work.commit();
    };
    await count(1);
    await eventually(async () => expect(await bench.owed('main/counters:a')).toEqual([]));
    await server.close();
    await count(2);
    await count(3);
    await eventually(() => expect(dispatcher.unwritable).toHaveLength(1));
    expect(await bench.owed('main/counters:a')).toHaveLength(2);

    const back = await startServer({ dataDir, port: server.port });
    await eventually(async () => expect(await bench.owed('main/counters:a')).toEqual([]));
    const { values } = await collect(clientOf(back), 'platform-events');
    await eventually(() => expect(values().map((value) => JSON.parse(value).data.by)).toEqual([1, 2, 3]));
    await dispatcher.drain();
  });
});

describe('the provisioning of topics', () => {
  it('provisioning creates missing Kafka topics and leaves existing ones alone', async () => {
    const { server } = await busBench();
    await provisionTopics(clientFor(server.brokers), { partitions: 5, retentionMs: 60_000 });
    const admin = await connectAdmin(clientOf(server));
    await admin.deleteTopics({ topics: ['order-events'] });
    await provisionTopics(clientFor(server.brokers), { partitions: 5, retentionMs: 60_000 });
    const { topics: made } = await admin.fetchTopicMetadata({ topics: [...topics] });
    const partitions = Object.fromEntries(made.map(({ name, partitions: of }) => [name, of.length]));
    expect(partitions).toEqual({ ...Object.fromEntries(topics.map((topic) => [topic, 2])), 'order-events': 5 });
  });
});
