import type { KafkaMessage } from 'kafkajs';
import type { ReceivedRecord } from '../received-record.ts';

/** How far a `Date` reaches from 1970, either way. Source: ECMA-262, Time Values and Time Range */
const farthestMs = 8_640_000_000_000_000;

/** A record as kafkajs hands it over. */
export function recordFrom(topic: string, partition: number, message: KafkaMessage): ReceivedRecord {
  const { offset, timestamp, key, value, headers = {} } = message;
  return {
    topic,
    partition,
    offset: Number(offset),
    // Whoever sent it says when, and may say anything.
    timestamp: new Date(Math.max(-farthestMs, Math.min(farthestMs, Number(timestamp)))).toISOString(),
    key: key?.toString(),
    value: value?.toString() ?? '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
  };
}
