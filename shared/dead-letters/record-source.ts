import type { ReceivedRecord } from '../bus/received-record.ts';
import { cutText } from '../cut-text.ts';
import { largestMessageBytes } from '../events/message-size.ts';
import type { DeadLetterState } from './dead-letter.ts';

/** Where an event came from, with what came. */
export type RecordSource = Extract<DeadLetterState['source'], { readonly of: 'event' }>;

/** A key is kept to be read by people: what is sent again has the key that its event says. */
const longestKey = 1_000;
/** What is kept of a value that is too large to be sent again: enough to see what it is. */
const beginningBytes = 15 * 1024;

/**
 * Where a record came from. Every value that is an event is kept whole, since the bus takes no larger ones from us; bytes
 * that are no text can be three times as large here, and a broker may take more than ours does.
 */
export function sourceOf({ topic, partition, offset, key, value }: ReceivedRecord): RecordSource {
  const bytes = Buffer.from(value);
  const source: RecordSource = {
    of: 'event',
    topic,
    partition,
    offset,
    ...(key === undefined ? {} : { key: cutText(key, longestKey) }),
    raw: bytes.toString('base64'),
  };
  return bytes.length > largestMessageBytes ? beginningOf(source) : source;
}

/** The source with the beginning of what came, marked as such. */
export function beginningOf(source: RecordSource): RecordSource {
  const bytes = Buffer.from(source.raw, 'base64');
  if (bytes.length <= beginningBytes) return source;
  return {
    ...source,
    raw: bytes.subarray(0, beginningBytes).toString('base64'),
    cutFromBytes: source.cutFromBytes ?? bytes.length,
  };
}
