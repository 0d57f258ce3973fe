import type { KafkaMessage } from 'kafkajs';
import type { ReceivedRecord } from '../received-record.ts';

/** A record as kafkajs hands it over. */
export function recordFrom(topic: string, partition: number, message: KafkaMessage): ReceivedRecord {
  const { offset, timestamp, key, value, headers = {} } = message;
  return {
    topic,
    partition,
    offset: Number(offset),
    timestamp: new Date(Number(timestamp)).toISOString(),
    key: key?.toString(),
    value: value?.toString() ?? '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
  };
}
