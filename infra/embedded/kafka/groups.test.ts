import type { Kafka } from 'kafkajs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  clientOf,
  collect,
  connectAdmin,
  connectProducer,
  createTopic,
  startServer,
} from './testing/server-under-test.ts';

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

let kafka: Kafka;

beforeEach(async () => {
  kafka = clientOf(await startServer());
});

async function sendNumbers(topic: string, count: number, partitions: number, from = 0) {
  const producer = await connectProducer(kafka);
  const messages = Array.from({ length: count }, (_, i) => ({ value: `${from + i}`, partition: i % partitions }));
  await producer.send({ topic, messages });
}

const sorted = (values: string[]) => values.map(Number).sort((a, b) => a - b);
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('the members of a consumer group', () => {
  it('the members of a consumer group share the partitions, and each message goes to one of them', async () => {
    const topic = await createTopic(kafka, 'shared', 4);
    const members = await Promise.all([1, 2].map(() => collect(kafka, topic)));
    const admin = await connectAdmin(kafka);
    await eventually(async () => {
      const [group] = (await admin.describeGroups(['group-of-shared'])).groups;
      expect([group?.state, group?.members.length]).toEqual(['Stable', 2]);
    });
    await sendNumbers(topic, 40, 4);
    await eventually(() => expect(members.flatMap((member) => member.values())).toHaveLength(40));
    expect(sorted(members.flatMap((member) => member.values()))).toEqual(numbers(40));
    for (const member of members) expect(new Set(member.seen.map(({ partition }) => partition)).size).toBe(2);
  });

  it('a member of a consumer group takes over the partitions of one that leaves', async () => {
    const topic = await createTopic(kafka, 'handed-over', 2);
    const [staying, leaving] = await Promise.all([collect(kafka, topic), collect(kafka, topic)]);
    await sendNumbers(topic, 10, 2);
    await eventually(() => expect([...staying.values(), ...leaving.values()]).toHaveLength(10));
    await leaving.consumer.disconnect();
    await sendNumbers(topic, 10, 2, 10);
    await eventually(() => expect(new Set([...staying.values(), ...leaving.values()])).toHaveLength(20));
  });

  it('a member of a consumer group continues at the committed offset', async () => {
    const topic = await createTopic(kafka, 'resumed');
    await sendNumbers(topic, 5, 1);
    const first = await collect(kafka, topic);
    await eventually(() => expect(first.seen).toHaveLength(5));
    await first.consumer.disconnect();
    await sendNumbers(topic, 5, 1, 5);
    const second = await collect(kafka, topic);
    await eventually(() => expect(second.values()).toEqual(['5', '6', '7', '8', '9']));
  });
});

describe('the offsets of a consumer group', () => {
  it('an administrator can set, reset and list the offsets of a consumer group without members', async () => {
    const topic = await createTopic(kafka, 'administered', 2);
    await sendNumbers(topic, 10, 2);
    const admin = await connectAdmin(kafka);
    await admin.setOffsets({ groupId: 'g', topic, partitions: [{ partition: 1, offset: '3' }] });
    expect(await admin.fetchOffsets({ groupId: 'g' })).toMatchObject([
      { topic, partitions: [{ partition: 1, offset: '3' }] },
    ]);
    const collector = await collect(kafka, topic, { groupId: 'g' });
    await eventually(() => expect(sorted(collector.values())).toEqual([0, 2, 4, 6, 7, 8, 9]));
  });

  it('an administrator cannot set the offsets of a consumer group with members', async () => {
    const topic = await createTopic(kafka, 'busy');
    await collect(kafka, topic);
    const admin = await connectAdmin(kafka);
    await eventually(async () => {
      expect((await admin.describeGroups(['group-of-busy'])).groups[0]?.state).toBe('Stable');
    });
    const partitions = [{ partition: 0, offset: '0' }];
    await expect(admin.setOffsets({ groupId: 'group-of-busy', topic, partitions })).rejects.toThrow();
  });
});

describe('consumer groups', () => {
  it('consumer groups can be listed and described', async () => {
    const topic = await createTopic(kafka, 'listed');
    const collector = await collect(kafka, topic);
    const admin = await connectAdmin(kafka);
    const describeIt = async () => (await admin.describeGroups(['group-of-listed'])).groups[0];
    await eventually(async () => expect((await describeIt())?.state).toBe('Stable'));
    expect(await describeIt()).toMatchObject({ protocolType: 'consumer', protocol: 'RoundRobinAssigner' });
    expect((await admin.listGroups()).groups).toEqual([{ groupId: 'group-of-listed', protocolType: 'consumer' }]);
    await collector.consumer.disconnect();
    expect((await describeIt())?.state).toBe('Empty');
    expect((await admin.describeGroups(['unknown'])).groups[0]?.state).toBe('Dead');
  });

  it('a consumer group refuses a session timeout under a second', async () => {
    const topic = await createTopic(kafka, 'hasty');
    const consumer = kafka.consumer({
      groupId: 'hasty',
      sessionTimeout: 999,
      heartbeatInterval: 100,
      retry: { retries: 0 },
    });
    const crash = new Promise<Error>((resolve) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error));
    });
    await consumer.connect();
    await consumer.subscribe({ topic });
    await consumer.run({ eachMessage: async () => undefined });
    expect(await crash).toMatchObject({ type: 'INVALID_SESSION_TIMEOUT' });
    await consumer.disconnect();
  });
});
