import type { Kafka } from 'kafkajs';
import { topics } from '../events/topics.ts';

export interface TopicShape {
  readonly partitions: number;
  readonly retentionMs: number;
}

/** Makes the topics that are missing; those that are there stay as they are. */
export async function provisionTopics(kafka: Kafka, { partitions, retentionMs }: TopicShape): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !existing.has(topic));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({
        topic,
        numPartitions: partitions,
        configEntries: [{ name: 'retention.ms', value: String(retentionMs) }],
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
