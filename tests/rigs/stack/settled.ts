import { isDeepStrictEqual } from 'node:util';
import type { Database } from '@azure/cosmos';
import type { Admin } from 'kafkajs';
import type { StackFile } from '../../../infra/local/stack-file.ts';
import { cosmosDatabase } from '../clients/cosmos-database.ts';
import { kafkaClient } from '../clients/kafka-client.ts';
import { eventually } from './eventually.ts';
import { readByGroups, readByProcessors } from './progress.ts';

/**
 * Waits until nothing is under way any more: every outbox is empty, no e-mail or text message is to be sent, and no consumer group of the product lags behind.
 * A handler commits its offset after its outbox document is written, so events are looked at before and after the outboxes:
 * if none was added in between, none is to come.
 */
export async function settled(stack: Looked, withinMs = 20_000): Promise<void> {
  await looking(stack, ({ database, ends, requireReadUpTo }) =>
    eventually(async () => {
      const before = await ends();
      await requireReadUpTo(before);
      await requireEmptyOutboxes(database);
      await requireNoDeliveries(database);
      await requireEmptyOutboxes(database);
      const after = await ends();
      await requireReadUpTo(after);
      if (!isDeepStrictEqual(before, after)) throw new Error('events are still being sent');
    }, withinMs),
  );
}

/**
 * Waits until a tenant's commits owe nothing, and all groups have read what was sent by then. It comes to an end whatever other
 * tenants do meanwhile, and does not wait for what comes of what is read.
 */
export async function sentAndRead(stack: Looked, tenant: string, withinMs = 20_000): Promise<void> {
  await looking(stack, async ({ database, ends, requireReadUpTo }) => {
    await eventually(() => requireEmptyOutboxes(database, `${tenant}/`), withinMs);
    const sent = await ends();
    await eventually(() => requireReadUpTo(sent), withinMs);
  });
}

type Looked = Pick<StackFile, 'kafka' | 'eventHubs' | 'cosmos'>;

/** Where each partition of a bus ended when it was looked at, by `{topic}/{partition}`. */
type Ends = ReadonlyMap<string, number>;

interface Look {
  readonly database: Database;
  ends(): Promise<Ends>;
  /** @throws naming a group that has not read up to them. */
  requireReadUpTo(ends: Ends): Promise<void>;
}

async function looking({ kafka, eventHubs, cosmos }: Looked, look: (at: Look) => Promise<void>): Promise<void> {
  const admin = kafkaClient(kafka, 'settled').admin();
  const database = cosmosDatabase(cosmos);
  await admin.connect();
  try {
    await look({
      database,
      ends: () => endsOf(admin),
      requireReadUpTo: async (ends) => {
        const progress = eventHubs === undefined ? readByGroups(admin) : readByProcessors(eventHubs, admin);
        for (const { group, topic, partition, next } of await progress) {
          const end = ends.get(`${topic}/${partition}`) ?? 0;
          if (next < end) throw new Error(`${group} has read ${topic}/${partition} up to ${next} of ${end}`);
        }
      },
    });
  } finally {
    await admin.disconnect();
    database.client.dispose();
  }
}

async function endsOf(admin: Admin): Promise<Ends> {
  const ends = new Map<string, number>();
  for (const topic of await admin.listTopics()) {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic))
      ends.set(`${topic}/${partition}`, Number(high));
  }
  return ends;
}

/** An e-mail is sent right after the commit that asks for it, and has its own commits. */
async function requireNoDeliveries(database: Database): Promise<void> {
  for (const kind of ['email-delivery', 'sms-delivery']) {
    const query = `SELECT VALUE COUNT(1) FROM c WHERE c.kind = '${kind}' AND c.status = 'due'`;
    const { resources } = await database.container('notifications').items.query<number>(query).fetchAll();
    const [waiting = 0] = resources;
    if (waiting > 0) throw new Error(`${waiting} of ${kind} are not sent yet`);
  }
}

/** Of boundaries that begin so: a tenant's, or all. */
async function requireEmptyOutboxes(database: Database, prefix = ''): Promise<void> {
  const { resources: containers } = await database.containers.readAll().fetchAll();
  for (const { id } of containers) {
    const query = "SELECT VALUE c.boundary FROM c WHERE c.kind = 'outbox' OR c.owes.dueAt > ''";
    const { resources } = await database.container(id).items.query<string>(query).fetchAll();
    const waiting = resources.filter((boundary) => boundary.startsWith(prefix)).length;
    if (waiting > 0) throw new Error(`${waiting} commits wait in ${id} for what they owe to be sent`);
  }
}
