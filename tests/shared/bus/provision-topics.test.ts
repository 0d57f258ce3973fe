import { expect, it } from 'vitest';
import { clientOf, connectAdmin, startServer } from '../../../infra/embedded/kafka/testing/server-under-test.ts';
import { provisionTopics } from '../../../shared/bus/provision-topics.ts';
import { topics } from '../../../shared/events/topics.ts';

const shape = { partitions: 2, retentionMs: 60_000 };

async function brokerWith(retentionMs: string) {
  const kafka = clientOf(await startServer());
  const admin = await connectAdmin(kafka);
  await admin.createTopics({
    topics: [
      { topic: 'order-events', numPartitions: 7, configEntries: [{ name: 'retention.ms', value: retentionMs }] },
    ],
  });
  return { kafka, admin };
}

it('provisioning creates missing topics, leaves existing ones alone, and can be repeated', async () => {
  const { kafka, admin } = await brokerWith('60000');
  await provisionTopics(kafka, shape);
  await provisionTopics(kafka, shape);
  const { topics: made } = await admin.fetchTopicMetadata();
  expect(made.map(({ name }) => name).sort()).toEqual([...topics].sort());
  for (const { name, partitions } of made)
    expect([name, partitions.length]).toEqual([name, name === 'order-events' ? 7 : 2]);
});

it.each([
  '1209600000',
  '-1',
])('provisioning refuses a topic whose retention exceeds the inbox memory: %s ms', async (retentionMs) => {
  const { kafka } = await brokerWith(retentionMs);
  await expect(provisionTopics(kafka, shape)).rejects.toThrow(/14 days.*order-events\. Lower their retention\.ms/);
});
