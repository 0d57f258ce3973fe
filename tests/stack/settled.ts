import type { Database } from '@azure/cosmos';
import type { Admin } from 'kafkajs';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { cosmosDatabase } from './cosmos-database.ts';
import { eventually } from './eventually.ts';
import { kafkaClient } from './kafka-client.ts';

/**
 * Waits until nothing is under way any more: every outbox is empty and no consumer group of the product lags behind.
 * A handler commits its offset after its outbox document is written, so events are looked at before and after the outboxes:
 * if none was added in between, none is to come.
 */
export async function settled(
  { kafka, cosmos }: Pick<StackFile, 'kafka' | 'cosmos'>,
  withinMs = 20_000,
): Promise<void> {
  const admin = kafkaClient(kafka, 'settled').admin();
  const database = cosmosDatabase(cosmos);
  await admin.connect();
  try {
    await eventually(async () => {
      const before = await endsWhenCaughtUp(admin);
      await requireEmptyOutboxes(database);
      const after = await endsWhenCaughtUp(admin);
      if (before !== after) throw new Error('events are still being sent');
    }, withinMs);
  } finally {
    await admin.disconnect();
    database.client.dispose();
  }
}

/** The topics' ends in one text. @throws naming a group that has not read up to them. */
async function endsWhenCaughtUp(admin: Admin): Promise<string> {
  const { groups } = await admin.listGroups();
  const ends: string[] = [];
  const endOf = new Map<string, string>();
  for (const topic of await admin.listTopics()) {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
      ends.push(`${topic}/${partition}: ${high}`);
      endOf.set(`${topic}/${partition}`, high);
    }
  }
  for (const { groupId } of groups) {
    // The product names a group `{service}-on-{topic}`; asked for its topic, a group tells also where it has read nothing yet.
    const [, read] = groupId.split('-on-');
    if (read === undefined) continue;
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: [read] })) {
      for (const { partition, offset } of partitions) {
        const end = endOf.get(`${topic}/${partition}`) ?? '0';
        // A group that has never committed has -1: it is behind where there is anything to read.
        if (Math.max(Number(offset), 0) < Number(end)) {
          throw new Error(`${groupId} has read ${topic}/${partition} up to ${offset} of ${end}`);
        }
      }
    }
  }
  return ends.join('\n');
}

async function requireEmptyOutboxes(database: Database): Promise<void> {
  const { resources: containers } = await database.containers.readAll().fetchAll();
  for (const { id } of containers) {
    const query = "SELECT VALUE COUNT(1) FROM c WHERE c.kind = 'outbox'";
    const { resources } = await database.container(id).items.query<number>(query).fetchAll();
    const waiting = resources.reduce((sum, count) => sum + count, 0);
    if (waiting > 0) throw new Error(`${waiting} outbox documents wait in ${id}`);
  }
}
