import type { Database, ItemDefinition } from '@azure/cosmos';
import { app } from '@azure/functions';
import { Partitioners } from 'kafkajs';
import { connectKafka } from '../../shared/bus/kafka/kafka-connection.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { cosmosDatabase } from '../../tests/rigs/clients/cosmos-database.ts';

export interface NaiveEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Connections {
  readonly database: Database;
  /** Sends an event and waits until the broker has it. */
  readonly send: (topic: string, key: string, event: NaiveEvent) => Promise<void>;
  /** Calls the handler with each event of a type, those of a partition one after the other. */
  readonly eachEvent: (topic: string, groupId: string, type: string, handle: Handle) => Promise<void>;
}

type Handle = (data: NaiveEvent['data']) => Promise<void>;

/**
 * How many partitions are worked on at once: one, as kafkajs does it unasked, or more, as it advises for throughput
 * (https://kafka.js.org/docs/consuming#partition-aware-concurrency) and as several instances of the app would do.
 */
const partitionsConsumedConcurrently = Number(process.env.NAIVE_PARTITIONS_AT_ONCE ?? 1);

/** Connects to the servers of Lagerhaus' own settings, by the SDKs as they come. */
export async function connect(): Promise<Connections> {
  const settings = readSettings([]);
  const kafka = connectKafka(settings, 'naive');
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const disconnects = [() => producer.disconnect()];
  app.hook.appTerminate(async () => {
    for (const disconnect of disconnects.reverse()) await disconnect();
  });
  return {
    database: cosmosDatabase({
      endpoint: settings.COSMOS_ENDPOINT,
      key: settings.COSMOS_KEY ?? '',
      database: settings.COSMOS_DATABASE,
    }),
    async send(topic, key, event) {
      await producer.send({ topic, messages: [{ key, value: JSON.stringify(event) }] });
    },
    async eachEvent(topic, groupId, type, handle) {
      const consumer = kafka.consumer({ groupId });
      disconnects.push(() => consumer.disconnect());
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        partitionsConsumedConcurrently,
        async eachMessage({ message: { value } }) {
          const event: NaiveEvent = JSON.parse(String(value));
          if (event.type === type) await handle(event.data);
        },
      });
    },
  };
}

/** A document alone in its partition. @throws Error where it is missing. */
export async function readDocument<T extends ItemDefinition>(
  { database }: Connections,
  container: string,
  id: string,
): Promise<T> {
  const { resource } = await database.container(container).item(id, id).read<T>();
  if (resource === undefined) throw new Error(`there is no ${id} in ${container}`);
  return resource;
}

/** Writes it, whatever is there. */
export async function upsertDocument<T extends { readonly id: string }>(
  { database }: Connections,
  container: string,
  document: T,
): Promise<void> {
  await database.container(container).items.upsert({ ...document, boundary: document.id });
}
