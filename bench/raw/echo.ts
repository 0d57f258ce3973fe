import { Partitioners } from 'kafkajs';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from '../../tests/rigs/clients/kafka-client.ts';
import { watchTopic } from './watch-topic.ts';

/** A reader that answers every message of a topic by one to another topic. */
export interface Echo extends AsyncDisposable {
  /** Sends a message, and settles when its answer has been read. */
  thereAndBack(): Promise<void>;
}

const there = 'bench-there';
const back = 'bench-back';
/** As large as an event. */
const value = 'x'.repeat(650);

/** Makes the topics, and stands at both ends of them: bare kafkajs clients, with nothing in between but the broker. */
export async function openEcho(kafka: StackFile['kafka']): Promise<Echo> {
  const client = kafkaClient(kafka, 'bench');
  const admin = client.admin();
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ topics: [there, back].map((topic) => ({ topic, numPartitions: 1 })) });
  await admin.disconnect();
  const waiting = new Map<string, () => void>();
  const answering = await watchTopic(kafka, there, async (messages) => {
    await producer.send({ topic: back, messages: messages.map(({ key }) => ({ key, value })) });
  });
  const reading = await watchTopic(kafka, back, (messages) => {
    for (const { key } of messages) waiting.get(String(key))?.();
  });
  let sent = 0;
  return {
    async thereAndBack() {
      sent += 1;
      const key = String(sent);
      const answered = new Promise<void>((resolve) => waiting.set(key, resolve));
      await producer.send({ topic: there, messages: [{ key, value }] });
      await answered;
      waiting.delete(key);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([answering[Symbol.asyncDispose](), reading[Symbol.asyncDispose]()]);
      await producer.disconnect();
    },
  };
}
