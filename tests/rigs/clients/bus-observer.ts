import { randomUUID } from 'node:crypto';
import type { IHeaders } from 'kafkajs';
import { z } from 'zod';
import type { StackFile } from '../../../infra/local/stack-file.ts';
import { eventually } from '../stack/eventually.ts';
import { kafkaClient } from './kafka-client.ts';

/** What every event on the bus has; the rest of the envelope is kept as it came. */
const Envelope = z.looseObject({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  sequence: z.number(),
  tenantid: z.string(),
  data: z.unknown(),
});

/** An event, and the message that brought it. */
export interface ObservedEvent {
  readonly envelope: z.output<typeof Envelope>;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | undefined;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface BusObserver extends AsyncDisposable {
  /** All messages seen that are events, from the beginning of the topics; of one type where a type is named. */
  events(type?: string): readonly ObservedEvent[];
  /** Settles once everything is seen that was there when it was called. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** Reads topics from their beginning on, in a group of its own, and keeps every event. */
export async function observeBus(kafka: StackFile['kafka'], topics: readonly string[]): Promise<BusObserver> {
  const seen: ObservedEvent[] = [];
  const nextOffset = new Map<string, number>();
  const client = kafkaClient(kafka, 'observer');
  const admin = client.admin();
  const consumer = client.consumer({ groupId: `observer-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await Promise.all([admin.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    async eachMessage({ topic, partition, message: { offset, key, value, headers } }) {
      nextOffset.set(`${topic}/${partition}`, Number(offset) + 1);
      const text = String(value);
      const envelope = envelopeIn(text);
      if (envelope === undefined) return;
      seen.push({ envelope, topic, partition, offset, key: key?.toString(), value: text, headers: texts(headers) });
    },
  });
  await joined;
  const close = async () => {
    await Promise.all([consumer.disconnect(), admin.disconnect()]);
  };

  return {
    events: (type) => seen.filter(({ envelope }) => type === undefined || envelope.type === type),
    async caughtUp() {
      const ends = await Promise.all(
        topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const),
      );
      await eventually(() => {
        for (const [topic, partitions] of ends) {
          for (const { partition, high } of partitions) {
            const next = nextOffset.get(`${topic}/${partition}`) ?? 0;
            if (next < Number(high))
              throw new Error(`the observer has seen ${topic}/${partition} up to ${next} of ${high}`);
          }
        }
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Undefined where a test has sent something that is no event. */
function envelopeIn(text: string): ObservedEvent['envelope'] | undefined {
  try {
    return Envelope.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // no JSON
  }
}

function texts(headers: IHeaders = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
