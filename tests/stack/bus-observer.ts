import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from './kafka-client.ts';

/** What every event on the bus has; the rest of the envelope is kept as it came. */
const Envelope = z.looseObject({ id: z.string(), type: z.string(), subject: z.string(), data: z.unknown() });

export type ObservedEvent = z.output<typeof Envelope> & {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | undefined;
};

export interface BusObserver {
  /** All events seen, from the beginning of the topics; of one type where a type is named. */
  events(type?: string): readonly ObservedEvent[];
  close(): Promise<void>;
}

/** The name that the groups of observers begin with. */
export const observerGroup = 'observer-';

/** Reads topics from their beginning on, in a group of its own, and keeps every event. */
export async function observeBus(kafka: StackFile['kafka'], topics: readonly string[]): Promise<BusObserver> {
  const seen: ObservedEvent[] = [];
  const consumer = kafkaClient(kafka, 'observer').consumer({ groupId: `${observerGroup}${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    async eachMessage({ topic, partition, message: { offset, key, value } }) {
      const event = Envelope.parse(JSON.parse(String(value)));
      seen.push({ ...event, topic, partition, offset, key: key?.toString() });
    },
  });
  await joined;
  return {
    events: (type) => seen.filter((event) => type === undefined || event.type === type),
    close: () => consumer.disconnect(),
  };
}
