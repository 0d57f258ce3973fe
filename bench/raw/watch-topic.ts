import { randomUUID } from 'node:crypto';
import type { KafkaMessage } from 'kafkajs';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from '../../tests/rigs/clients/kafka-client.ts';

/** A topic that is read, on and on. */
export interface Watch extends AsyncDisposable {
  /** Reads nothing more for now: reading takes time from what is measured. */
  pause(): void;
  /** Reads on from where it was; nothing where it was not paused. */
  resume(): void;
}

/** Reads a topic from its beginning, and goes on until it is disposed of. Settles once it has its partitions. */
export async function watchTopic(
  kafka: StackFile['kafka'],
  topic: string,
  see: (messages: readonly KafkaMessage[]) => Promise<void> | void,
): Promise<Watch> {
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
  return {
    pause: () => consumer.pause([{ topic }]),
    resume: () => consumer.resume([{ topic }]),
    [Symbol.asyncDispose]: () => consumer.disconnect(),
  };
}
