import { expect, it, vi } from 'vitest';
import {
  clientOf,
  collect,
  connectAdmin,
  connectProducer,
  createTopic,
  startServer,
} from '../../../../infra/embedded/kafka/testing/server-under-test.ts';
import { kafkaLagReader } from '../../../../shared/bus/kafka/kafka-lag.ts';

const topic = 'order-events';
const group = { name: 'orders-on-order-events', service: 'orders', topic };

/** A topic of three partitions with 5 records in the first, 2 in the second and none in the third. */
async function lagBench() {
  const server = await startServer();
  const kafka = clientOf(server);
  await createTopic(kafka, topic, 3);
  const producer = await connectProducer(kafka);
  const records = [0, 0, 0, 0, 0, 1, 1].map((partition) => ({ partition, value: 'event' }));
  await producer.send({ topic, messages: records });
  const admin = await connectAdmin(kafka);
  // kafkajs deletes records only of topics that it has looked at.
  await admin.fetchTopicOffsets(topic);
  const reader = kafkaLagReader(kafka);
  const partitions = async () => {
    const [lag] = await reader.read([group]);
    return lag?.partitions;
  };
  /** A member of the group reads everything and leaves; then the group is set back to where it is to go on. */
  const commit = async (groupId: string, offsets: Readonly<Record<number, string>>) => {
    const { consumer, seen } = await collect(kafka, topic, { groupId });
    await vi.waitFor(() => expect(seen).toHaveLength(records.length), 15_000);
    // Not by the member: it commits by itself what it has read, perhaps after us.
    await consumer.disconnect();
    const partitions = Object.entries(offsets).map(([partition, offset]) => ({ partition: +partition, offset }));
    await admin.setOffsets({ groupId, topic, partitions });
  };
  return { server, admin, commit, reader, partitions };
}

it('the lag of a consumer group without commits is the whole topic', async () => {
  const { reader, partitions } = await lagBench();
  expect(await partitions()).toEqual([
    { partition: 0, committed: undefined, newest: 5, lag: 5 },
    { partition: 1, committed: undefined, newest: 2, lag: 2 },
    { partition: 2, committed: undefined, newest: 0, lag: 0 },
  ]);
  await reader.close();
});

it('the lag of a consumer group counts the records after its offset that the topic still has', async () => {
  const { admin, commit, reader, partitions } = await lagBench();
  await commit(group.name, { 0: '1', 1: '2' });
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '3' }] });
  expect(await partitions()).toEqual([
    { partition: 0, committed: 1, newest: 5, lag: 2 },
    { partition: 1, committed: 2, newest: 2, lag: 0 },
    { partition: 2, committed: undefined, newest: 0, lag: 0 },
  ]);
  await reader.close();
});

it('the lags of several consumer groups are returned separately, in the requested order', async () => {
  const { commit, reader } = await lagBench();
  const other = { name: 'inventory-on-order-events', service: 'inventory', topic };
  await commit(other.name, { 0: '4' });
  const lags = await reader.read([group, other]);
  expect(lags.map((lag) => [lag.group, lag.total])).toEqual([
    [group.name, 7],
    [other.name, 1],
  ]);
  await reader.close();
});

it('reading the consumer lag fails, rather than return zero, if Kafka is away', async () => {
  const { server, reader, partitions } = await lagBench();
  await partitions();
  await server.close();
  await expect(partitions()).rejects.toThrow();
  await reader.close();
});
