import { setTimeout as pass } from 'node:timers/promises';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from '../rigs/clients/kafka-client.ts';

/** Somebody who joins a group and leaves it, again and again; each time the group is shared out anew, twice. */
export interface RestlessMember {
  /** How often the group was shared out with it in. */
  readonly joins: number;
  /** Settles once it has left for good. */
  leave(): Promise<void>;
}

const stayMs = 500;

/** It takes part in the group as the product's own consumers do, and reads nothing. */
export function joinAndLeave(kafka: StackFile['kafka'], groupId: string, topic: string): RestlessMember {
  const leaving = new AbortController();
  let joins = 0;

  async function visit(): Promise<void> {
    const consumer = kafkaClient(kafka, 'restless').consumer({ groupId, retry: { retries: 0 } });
    const gone = Promise.withResolvers<void>();
    leaving.signal.addEventListener('abort', () => gone.resolve(), { once: true });
    consumer.on(consumer.events.CRASH, () => gone.resolve());
    consumer.on(consumer.events.GROUP_JOIN, () => {
      joins += 1;
      consumer.pause([{ topic }]);
      setTimeout(gone.resolve, stayMs);
    });
    await consumer.connect();
    await consumer.subscribe({ topic });
    await consumer.run({ autoCommit: false, eachMessage: async () => undefined });
    await gone.promise;
    await consumer.disconnect();
  }

  async function stay(): Promise<void> {
    while (!leaving.signal.aborted) {
      await visit();
      await pass(stayMs);
    }
  }

  const stayed = stay();
  return {
    get joins() {
      return joins;
    },
    async leave() {
      leaving.abort();
      await stayed;
    },
  };
}
