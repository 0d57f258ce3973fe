import { randomUUID } from 'node:crypto';
import type { Batch } from 'kafkajs';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from '../../tests/rigs/clients/kafka-client.ts';

export interface TopicReading {
  readonly kafka: StackFile['kafka'];
  readonly topic: string;
  /** How many messages the topic has. */
  readonly count: number;
  readonly eachBatch: (batch: Batch) => Promise<void>;
}

/** Reads a topic from its beginning with kafkajs. @returns seconds from the first batch's arrival to the end of the last. */
export async function readTopic({ kafka, topic, count, eachBatch }: TopicReading): Promise<number> {
  const consumer = kafkaClient(kafka, 'bench').consumer({ groupId: `bench-${randomUUID()}` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    return await new Promise<number>((resolve, reject) => {
      // What passes (a coordinator that is still loading) kafkajs gets over by itself.
      consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error));
      let start = 0;
      let seen = 0;
      const run = consumer.run({
        async eachBatch({ batch }) {
          if (seen === 0) start = performance.now();
          await eachBatch(batch);
          seen += batch.messages.length;
          if (seen === count) resolve((performance.now() - start) / 1_000);
        },
      });
      run.catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}
