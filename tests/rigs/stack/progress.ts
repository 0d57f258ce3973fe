import { ContainerClient } from '@azure/storage-blob';
import type { Admin } from 'kafkajs';
import type { StackFile } from '../../../infra/local/stack-file.ts';

/** How far a consumer group of the product has come in a partition. */
export interface Progress {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  /** The next message that it reads. */
  readonly next: number;
}

/** The product names a group `{service}-on-{topic}`; others are not its own. */
const topicOf = (group: string) => group.split('-on-')[1];

/** From the offsets that the Kafka trigger has committed. A group that has never committed has -1, and reads from 0. */
export async function readByGroups(admin: Admin): Promise<readonly Progress[]> {
  const progress: Progress[] = [];
  for (const { groupId: group } of (await admin.listGroups()).groups) {
    const topic = topicOf(group);
    if (topic === undefined) continue;
    // Asked for its topic, a group tells also where it has read nothing yet.
    for (const { partitions } of await admin.fetchOffsets({ groupId: group, topics: [topic] }))
      for (const { partition, offset } of partitions)
        progress.push({ group, topic, partition, next: Math.max(Number(offset), 0) });
  }
  return progress;
}

/** From the checkpoints of the Event Hubs trigger. Who has one partition to read has all of them. */
export async function readByProcessors(
  { storageConnectionString }: NonNullable<StackFile['eventHubs']>,
  admin: Admin,
): Promise<readonly Progress[]> {
  const container = new ContainerClient(storageConnectionString, 'azure-webjobs-eventhub');
  const handled = new Map<string, number>();
  const groups = new Map<string, string>();
  for await (const { name, metadata } of container.listBlobsFlat({ includeMetadata: true })) {
    const [, topic = '', group = '', kind, partition] = name.split('/');
    groups.set(group, topic);
    if (kind === 'checkpoint') handled.set(`${group}/${partition}`, Number(metadata?.sequencenumber));
  }
  const progress: Progress[] = [];
  for (const [group, topic] of groups) {
    for (const { partition } of await admin.fetchTopicOffsets(topic))
      progress.push({ group, topic, partition, next: (handled.get(`${group}/${partition}`) ?? -1) + 1 });
  }
  return progress;
}
