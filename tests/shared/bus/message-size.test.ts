import { expect, it, onTestFinished } from 'vitest';
import { startHubs } from '../../../infra/embedded/event-hubs/server-under-test.ts';
import { clientOf } from '../../../infra/embedded/kafka/testing/server-under-test.ts';
import type { BusMessage } from '../../../shared/bus/bus-message.ts';
import { connectEventHubs } from '../../../shared/bus/event-hubs/event-hubs-connection.ts';
import { eventHubsTransport } from '../../../shared/bus/event-hubs/event-hubs-transport.ts';
import { kafkaTransport } from '../../../shared/bus/kafka/kafka-transport.ts';
import { eventContentType, replayForHeader } from '../../../shared/events/message-headers.ts';
import { bytesOnTheBus, largestMessageBytes, roomForReplayBytes } from '../../../shared/events/message-size.ts';
import { readKafkaSettings } from '../../../shared/settings/settings.ts';
import { Counted, Counter } from '../../rigs/kernel/counter.ts';
import { kernelBench } from '../../rigs/kernel/kernel-bench.ts';

const topic = 'platform-events';
const identity = {
  'content-type': eventContentType,
  type: 'test.counted',
  id: '01a21b87-2a40-7607-b736-a44d41b899d6',
  traceparent: 't'.repeat(55),
};

/** A message of which the bus counts so many bytes, by our reckoning. */
function messageOf(bytes: number, key: string, headers: BusMessage['headers'] = identity): BusMessage {
  const bare = { topic, key, value: '', headers };
  return { ...bare, value: 'x'.repeat(bytes - bytesOnTheBus(bare)) };
}

async function buses() {
  const { brokers, connectionString } = await startHubs({ hubs: [topic] });
  const settings = readKafkaSettings({ KAFKA_BROKERS: brokers, KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT' });
  const nobody = { getToken: () => Promise.reject(new Error('there is a connection string')) };
  const hubs = connectEventHubs({ EVENT_TRIGGER: 'eventhubs', EVENT_HUBS: connectionString }, nobody);
  const both = { kafka: kafkaTransport(clientOf({ brokers }), settings), eventhubs: eventHubsTransport(hubs) };
  onTestFinished(() => both.kafka.close());
  onTestFinished(() => both.eventhubs.close());
  return both;
}

it('the largest message that may be committed is accepted by Kafka and Event Hubs, also as a replay', async () => {
  const { kafka, eventhubs } = await buses();
  const replayed = { ...identity, [replayForHeader]: 's'.repeat(64) };
  for (const key of ['k', 'k'.repeat(128)]) {
    const largest = messageOf(largestMessageBytes - roomForReplayBytes, key);
    for (const transport of [kafka, eventhubs]) {
      await transport.send([largest]);
      await transport.send([{ ...largest, headers: replayed }]);
      await transport.send([messageOf(largestMessageBytes, key)]);
    }
  }
});

it('a message slightly above the limit is refused by Kafka and by Event Hubs', async () => {
  const { kafka, eventhubs } = await buses();
  for (const transport of [kafka, eventhubs])
    await expect(transport.send([messageOf(largestMessageBytes + 300, 'k')])).rejects.toMatchObject({
      name: 'MessageRefusedError',
    });
});

it('an event too large for the bus is refused when it is recorded, with its size and the limit', async () => {
  const bench = await kernelBench();
  const counted = (length: number) => Counted({ counter: 'a', by: 1, note: 'x'.repeat(length) });
  const record = async (length: number) =>
    (await bench.open('main/counters:a').load(Counter, 'a')).record(counted(length));
  const limit = largestMessageBytes - roomForReplayBytes;
  await record(limit - 1_500);
  const refusal = expect.stringMatching(
    new RegExp(`test.counted would have \\d+ bytes on the bus, which takes ${limit}`),
  );
  await expect(record(limit)).rejects.toMatchObject({ name: 'TooLargeError', message: refusal });
});
