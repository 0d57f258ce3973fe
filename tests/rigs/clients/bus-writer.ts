import { type Message, Partitioners } from 'kafkajs';
import type { StackFile } from '../../../infra/local/stack-file.ts';
import type { ObservedEvent } from './bus-observer.ts';
import { kafkaClient } from './kafka-client.ts';

/** Writes to the bus beside the product. */
export interface BusWriter extends AsyncDisposable {
  send(topic: string, messages: readonly Message[]): Promise<void>;
  /** Sends the very same messages once more, in the given order, to the same partitions. */
  repeat(events: readonly ObservedEvent[]): Promise<void>;
}

export async function writeToBus(kafka: StackFile['kafka']): Promise<BusWriter> {
  const producer = kafkaClient(kafka, 'writer').producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const send: BusWriter['send'] = async (topic, messages) => {
    await producer.send({ topic, messages: [...messages] });
  };
  return {
    send,
    async repeat(events) {
      for (const [topic, ofTopic] of Map.groupBy(events, (event) => event.topic))
        await send(topic, ofTopic.map(asMessage));
    },
    [Symbol.asyncDispose]: () => producer.disconnect(),
  };
}

function asMessage({ partition, key, value, headers }: ObservedEvent): Message {
  return { partition, value, headers: { ...headers }, ...(key === undefined ? {} : { key }) };
}
