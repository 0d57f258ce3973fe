import { expect, it, onTestFinished, vi } from 'vitest';
import { startHubs } from '../../../infra/embedded/event-hubs/server-under-test.ts';
import { clientOf, collect } from '../../../infra/embedded/kafka/testing/server-under-test.ts';
import { connectEventHubs } from '../../../shared/bus/event-hubs/event-hubs-connection.ts';
import { eventHubsTransport } from '../../../shared/bus/event-hubs/event-hubs-transport.ts';
import { kafkaTransport } from '../../../shared/bus/kafka/kafka-transport.ts';
import type { Transport } from '../../../shared/bus/transport.ts';
import { largestMessageBytes } from '../../../shared/events/message-size.ts';
import { Dispatcher } from '../../../shared/publishing/dispatcher.ts';
import { readKafkaSettings } from '../../../shared/settings/settings.ts';
import { createMetrics } from '../../../shared/telemetry/metrics.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { dispatcherBench } from '../../rigs/kernel/dispatcher-bench.ts';
import { kernelBench } from '../../rigs/kernel/kernel-bench.ts';
import { silentLog } from '../../rigs/kernel/silent-log.ts';

const topic = 'platform-events';
const boundary = 'main/counters:a';

const transports: Readonly<Record<string, (hubs: Awaited<ReturnType<typeof startHubs>>) => Transport>> = {
  Kafka: ({ brokers }) =>
    kafkaTransport(
      clientOf({ brokers }),
      readKafkaSettings({ KAFKA_BROKERS: brokers, KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT' }),
    ),
  'Event Hubs': ({ connectionString }) => {
    const nobody = { getToken: () => Promise.reject(new Error('there is a connection string')) };
    return eventHubsTransport(connectEventHubs({ EVENT_TRIGGER: 'eventhubs', EVENT_HUBS: connectionString }, nobody));
  },
};

it.each(
  Object.entries(transports),
)('a commit with more events for one key than a request takes reaches the bus in order: %s', async (_, transportTo) => {
  const hubs = await startHubs({ hubs: [topic] });
  const transport = transportTo(hubs);
  onTestFinished(() => transport.close());
  const { clock, open, owed } = await kernelBench();
  const dispatcher = new Dispatcher({ transport, clock, log: silentLog, metrics: createMetrics() });
  const { values } = await collect(clientOf(hubs), topic);

  const work = open(boundary, { onCommitted: dispatcher.dispatch.bind(dispatcher) });
  const counter = await work.load(Counter, 'a');
  const note = 'x'.repeat(largestMessageBytes / 8);
  for (let by = 1; by <= 12; by += 1) counter.record(Counted({ counter: 'a', by, note }));
  expect(work.size.messageBytes).toBeGreaterThan(largestMessageBytes);
  await work.commit();

  await vi.waitFor(async () => expect(await owed(boundary)).toEqual([]), { timeout: 10_000 });
  await vi.waitFor(() => expect(values()).toHaveLength(12));
  expect(values().map((value) => JSON.parse(value).data.by)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  await dispatcher.drain();
});

it('a commit stays in the outbox until the last piece of it was acknowledged', async () => {
  const { owe, outboxes, sent, transport, dispatcher } = await dispatcherBench();
  const acknowledged = Promise.withResolvers<void>();
  transport.beforeAcknowledging = async () => {
    if (sent().length > 0) await acknowledged.promise;
  };
  const note = 'x'.repeat(600_000);
  await owe({ topic, by: 1, note }, { topic, by: 2, note });
  await vi.waitFor(() => expect(sent()).toEqual([1]));
  expect(await outboxes()).toHaveLength(1);
  acknowledged.resolve();
  await dispatcher.drain();
  expect(sent()).toEqual([1, 2]);
  expect(await outboxes()).toEqual([]);
});
