import { readFileSync } from 'node:fs';
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import type { StackFile } from '../../../infra/local/stack-file.ts';

/** A Kafka client of the test's own, beside the product's. */
export function kafkaClient(bus: StackFile['kafka'], clientId = 'test'): Kafka {
  return new Kafka({
    clientId,
    brokers: bus.brokers.split(','),
    ...securityOf(bus),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, retries: 10 },
  });
}

function securityOf({
  securityProtocol,
  user,
  password,
  caFile,
}: StackFile['kafka']): Pick<KafkaConfig, 'sasl' | 'ssl'> {
  const isEncrypted = securityProtocol.endsWith('SSL');
  const hasUsers = securityProtocol.startsWith('SASL');
  return {
    ...(isEncrypted ? { ssl: caFile === undefined ? true : { ca: readFileSync(caFile, 'utf8') } } : {}),
    ...(hasUsers ? { sasl: { mechanism: 'plain', username: user, password } } : {}),
  };
}
