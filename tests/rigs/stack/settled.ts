import type { Database } from '@azure/cosmos';
import type { Admin } from 'kafkajs';
import type { StackFile } from '../../../infra/local/stack-file.ts';
import { cosmosDatabase } from '../clients/cosmos-database.ts';
import { kafkaClient } from '../clients/kafka-client.ts';
import { eventually } from './eventually.ts';
import { type Progress, readByGroups, readByProcessors } from './progress.ts';

/**
 * Waits until nothing is under way any more: every outbox is empty, no e-mail or text message is to be sent, and no consumer group of the product lags behind.
 * A handler commits its offset after its outbox document is written, so events are looked at before and after the outboxes:
 * if none was added in between, none is to come.
 */
export async function settled(
  { kafka, eventHubs, cosmos }: Pick<StackFile, 'kafka' | 'eventHubs' | 'cosmos'>,
  withinMs = 20_000,
): Promise<void> {
  const admin = kafkaClient(kafka, 'settled').admin();
  const read = eventHubs === undefined ? () => readByGroups(admin) : () => readByProcessors(eventHubs, admin);
  const database = cosmosDatabase(cosmos);
  await admin.connect();
  try {
    await eventually(async () => {
      const before = await endsWhenCaughtUp(admin, read);
      await requireEmptyOutboxes(database);
      await requireNoDeliveries(database);
      await requireEmptyOutboxes(database);
      const after = await endsWhenCaughtUp(admin, read);
      if (before !== after) throw new Error('events are still being sent');
    }, withinMs);
  } finally {
    await admin.disconnect();
    database.client.dispose();
  }
}

/** The topics' ends in one text. @throws naming a group that has not read up to them. */
async function endsWhenCaughtUp(admin: Admin, read: () => Promise<readonly Progress[]>): Promise<string> {
  const ends: string[] = [];
  const endOf = new Map<string, number>();
  for (const topic of await admin.listTopics()) {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
      ends.push(`${topic}/${partition}: ${high}`);
      endOf.set(`${topic}/${partition}`, Number(high));
    }
  }
  for (const { group, topic, partition, next } of await read()) {
    const end = endOf.get(`${topic}/${partition}`) ?? 0;
    if (next < end) throw new Error(`${group} has read ${topic}/${partition} up to ${next} of ${end}`);
  }
  return ends.join('\n');
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

async function requireEmptyOutboxes(database: Database): Promise<void> {
  const { resources: containers } = await database.containers.readAll().fetchAll();
  for (const { id } of containers) {
    const query = "SELECT VALUE COUNT(1) FROM c WHERE c.kind = 'outbox' OR c.owes.dueAt > ''";
    const { resources } = await database.container(id).items.query<number>(query).fetchAll();
    const waiting = resources.reduce((sum, count) => sum + count, 0);
    if (waiting > 0) throw new Error(`${waiting} commits wait in ${id} for what they owe to be sent`);
  }
}
