import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { z } from 'zod';
import { type Topic, topics } from '../events/topics.ts';
import { rememberedSeconds } from '../settings/retention.ts';

export interface TopicShape {
  readonly partitions: number;
  readonly retentionMs: number;
}

/**
 * Makes the topics that are missing; those that are there stay as they are.
 *
 * @throws Error that names the topics that are missing and cannot be made; when a topic keeps events for longer than it is remembered that they were handled: one still on the bus
 * could be taken for new.
 */
export async function provisionTopics(kafka: Kafka, shape: TopicShape): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    await createTopics(
      admin,
      shape,
      topics.filter((topic) => !existing.has(topic)),
    );
    await refuseLongMemories(
      admin,
      topics.filter((topic) => existing.has(topic)),
    );
  } finally {
    await admin.disconnect();
  }
}

async function createTopics(
  admin: Admin,
  { partitions, retentionMs }: TopicShape,
  missing: readonly Topic[],
): Promise<void> {
  if (missing.length === 0) return;
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map((topic) => ({
        topic,
        numPartitions: partitions,
        configEntries: [{ name: 'retention.ms', value: String(retentionMs) }],
      })),
    });
  } catch (error) {
    const refusals = refusalsIn(error);
    if (refusals.length === 0) throw error;
    const named = refusals.map(({ topic, type }) => `${topic} (${type})`).join(', ');
    throw new Error(
      `These topics are missing, or hidden from this user, who may not make them: ${named}. Make each with ${partitions} partitions and retention.ms=${retentionMs}, or give the user the right to.`,
    );
  }
}

const Refusals = z.object({
  name: z.literal('KafkaJSAggregateError'),
  errors: z.array(z.object({ topic: z.string(), type: z.string() })),
});

/** kafkajs gathers what the broker says of each topic. */
function refusalsIn(error: unknown): readonly { readonly topic: string; readonly type: string }[] {
  return Refusals.safeParse(error).data?.errors ?? [];
}

async function refuseLongMemories(admin: Admin, existing: readonly Topic[]): Promise<void> {
  if (existing.length === 0) return;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: existing.map((name) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: ['retention.ms'],
    })),
  });
  const tooLong = resources.filter(({ configEntries }) =>
    configEntries.some(({ configValue }) => isTooLong(configValue)),
  );
  if (tooLong.length === 0) return;
  const names = tooLong.map(({ resourceName }) => resourceName).join(', ');
  const days = rememberedSeconds / 86_400;
  throw new Error(
    `These topics keep events for ${days} days or longer, as long as it is remembered that they were handled: ${names}. Lower their retention.ms.`,
  );
}

/** -1 is without end. */
function isTooLong(retentionMs: string): boolean {
  const milliseconds = Number(retentionMs);
  return milliseconds < 0 || milliseconds >= rememberedSeconds * 1_000;
}
