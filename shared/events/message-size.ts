/** A message, as far as its size is concerned. */
export interface SizedMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What Event Hubs Standard takes: 1 MB a message, whatever is in it (learn.microsoft.com/azure/event-hubs/event-hubs-quotas).
 * Kafka brokers take 12 bytes more by default (`max.message.bytes`).
 */
export const largestMessageBytes = 1_048_576;

/** What the header adds by which a message is replayed to one subscriber. */
export const roomForReplayBytes = 256;

/**
 * Around key, value and headers: by the Kafka protocol a record batch's header (61 bytes) and lengths; by AMQP the sections of
 * a message and of the batch that it is sent in, each with its partition key, and the content type once more.
 */
const framingBytes = 200;
/** Around the name and the value of a header. */
const headerFramingBytes = 10;

/**
 * The most that the bus counts for a message that is sent alone, whichever protocol carries it: key, value, headers and
 * framing. It is some two hundred bytes above what either really takes, so that one limit holds for both.
 */
export function bytesOnTheBus({ key, value, headers }: SizedMessage): number {
  const keys = 2 * Buffer.byteLength(key);
  let bytes = framingBytes + keys + Buffer.byteLength(value);
  for (const [name, text] of Object.entries(headers))
    bytes += Buffer.byteLength(name) + Buffer.byteLength(text) + headerFramingBytes;
  return bytes;
}
