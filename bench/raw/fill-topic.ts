import { Partitioners } from 'kafkajs';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { kafkaClient } from '../../tests/rigs/clients/kafka-client.ts';

/** Messages a request: below the megabyte that a record batch may have. */
const atOnce = 500;

/** Makes a topic of one partition with these messages in it. */
export async function fillTopic(
  kafka: StackFile['kafka'],
  topic: string,
  values: Iterable<{ readonly key: string; readonly value: string }>,
): Promise<void> {
  const client = kafkaClient(kafka, 'bench');
  const admin = client.admin();
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
  const messages = [...values];
  for (let start = 0; start < messages.length; start += atOnce)
    await producer.send({ topic, messages: messages.slice(start, start + atOnce) });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
}
