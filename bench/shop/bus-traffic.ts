import type { KafkaMessage } from 'kafkajs';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { topics } from '../../shared/events/topics.ts';
import { watchTopic } from '../raw/watch-topic.ts';

/** What has gone over the bus, in all or for one order. */
export interface Traffic {
  readonly events: number;
  /** Keys, values and headers; not the framing of a protocol, which is shared by the events of a batch. */
  readonly bytes: number;
}

/** Counts what is on the topics. */
export interface BusTraffic extends AsyncDisposable {
  readonly soFar: Traffic;
}

/** Reads all topics from their beginning, and goes on. */
export async function watchTraffic(kafka: StackFile['kafka']): Promise<BusTraffic> {
  let [events, bytes] = [0, 0];
  const watches = await Promise.all(
    topics.map((topic) =>
      watchTopic(kafka, topic, (messages) => {
        events += messages.length;
        bytes += messages.reduce((sum, message) => sum + sizeOf(message), 0);
      }),
    ),
  );
  return {
    get soFar() {
      return { events, bytes };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(watches.map((watch) => watch[Symbol.asyncDispose]()));
    },
  };
}

function sizeOf({ key, value, headers = {} }: KafkaMessage): number {
  const ofHeaders = Object.entries(headers).map(([name, content]) => name.length + Buffer.byteLength(String(content)));
  return (key?.length ?? 0) + (value?.length ?? 0) + ofHeaders.reduce((sum, size) => sum + size, 0);
}
