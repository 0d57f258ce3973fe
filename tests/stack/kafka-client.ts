import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import type { StackFile } from '../../infra/local/stack-file.ts';

/** A Kafka client of the test's own, beside the product's. */
export function kafkaClient({ brokers, user, password, caFile }: StackFile['kafka'], clientId = 'test'): Kafka {
  return new Kafka({
    clientId,
    brokers: [brokers],
    sasl: { mechanism: 'plain', username: user, password },
    ...(caFile === undefined ? {} : { ssl: { ca: readFileSync(caFile, 'utf8') } }),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, retries: 10 },
  });
}
