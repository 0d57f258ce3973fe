import { randomUUID } from 'node:crypto';
import type { KafkaMessage } from 'kafkajs';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from '../../tests/rigs/clients/kafka-client.ts';

/** Reads a topic from its beginning, and goes on until it is disposed of. Settles once it has its partitions. */
export async function watchTopic(
  kafka: StackFile['kafka'],
  topic: string,
  see: (messages: readonly KafkaMessage[]) => Promise<void> | void,
): Promise<AsyncDisposable> {
  const consumer = kafkaClient(kafka, 'bench').consumer({ groupId: `bench-${randomUUID()}`, maxWaitTimeInMs: 1_000 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    autoCommit: false,
    async eachBatch({ batch: { messages } }) {
      await see(messages);
    },
  });
  await joined;
  return { [Symbol.asyncDispose]: () => consumer.disconnect() };
}
