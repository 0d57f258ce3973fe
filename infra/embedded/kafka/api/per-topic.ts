import type { Reader } from '../protocol/reader.ts';
import type { Writer } from '../protocol/writer.ts';

/** Wire shape of many requests: topics, each with something per partition. */
export interface PerTopic<Item> {
  readonly topic: string;
  readonly partitions: readonly Item[];
}

export function readPerTopic<Item>(reader: Reader, readItem: (reader: Reader) => Item): PerTopic<Item>[] {
  return reader.array(() => ({ topic: reader.string(), partitions: reader.array(readItem) }));
}

export function writePerTopic<Item>(
  writer: Writer,
  topics: readonly PerTopic<Item>[],
  writeItem: (writer: Writer, item: Item) => unknown,
): Writer {
  return writer.array(topics, (_, { topic, partitions }) => writer.string(topic).array(partitions, writeItem));
}

export function mapPartitions<From, To>(
  topics: readonly PerTopic<From>[],
  map: (topic: string, item: From) => To,
): PerTopic<To>[] {
  return topics.map(({ topic, partitions }) => ({ topic, partitions: partitions.map((item) => map(topic, item)) }));
}

export function topicNames(topics: readonly { readonly topic: string }[]): string[] {
  return topics.map(({ topic }) => topic);
}
