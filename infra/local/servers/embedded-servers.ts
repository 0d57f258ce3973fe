import path from 'node:path';
import { storedCertificate } from '../certificate/stored.ts';
import type { CosmosServerOptions } from '../cosmos/server.ts';
import type { Credentials } from '../credentials.ts';
import type { FaultRules } from '../faults/fault-rules.ts';
import type { KafkaServerOptions } from '../kafka/server.ts';
import type { StackFile } from '../stack-file.ts';
import type { StackSettings } from '../stack-settings.ts';
import type { StopOrder } from '../stop-order.ts';
import type { CosmosAddress } from './cosmos-thread.ts';
import type { KafkaAddress } from './kafka-thread.ts';
import { ServerThread } from './server-thread.ts';

export interface EmbeddedServersSetup {
  readonly settings: StackSettings;
  readonly credentials: Credentials;
  readonly stopOrder: StopOrder;
  readonly onBroken: (error: unknown) => void;
  readonly rules?: FaultRules;
}

const database = 'lagerhaus';

/** Starts the broker and the Cosmos server, each in its thread, on the data of the last time. */
export async function startEmbeddedServers(setup: EmbeddedServersSetup) {
  const shared = { onBroken: setup.onBroken, ...(setup.rules === undefined ? {} : { rules: setup.rules }) };
  const { options, caFile } = kafkaOptions(setup);
  const kafka = new ServerThread<KafkaServerOptions, KafkaAddress>({
    server: 'kafka',
    module: new URL('./kafka-thread.ts', import.meta.url),
    options,
    ...shared,
  });
  const cosmos = new ServerThread<CosmosServerOptions, CosmosAddress>({
    server: 'cosmos',
    module: new URL('./cosmos-thread.ts', import.meta.url),
    options: cosmosOptions(setup),
    ...shared,
  });
  await setup.stopOrder.add('The Cosmos server', () => cosmos.stop());
  await setup.stopOrder.add('The Kafka broker', () => kafka.stop());
  const [{ brokers }, { endpoint }] = await Promise.all([kafka.start(), cosmos.start()]);

  const { kafkaUser, kafkaPassword, cosmosKey } = setup.credentials;
  const addresses: Pick<StackFile, 'kafka' | 'cosmos'> = {
    kafka: {
      brokers,
      securityProtocol: setup.settings.KAFKA_SECURITY_PROTOCOL,
      user: kafkaUser,
      password: kafkaPassword,
      ...(caFile === undefined ? {} : { caFile }),
    },
    cosmos: { endpoint, key: cosmosKey, database },
  };
  return { servers: { kafka, cosmos }, addresses };
}

function kafkaOptions({ settings, credentials }: EmbeddedServersSetup) {
  const options: KafkaServerOptions = {
    dataDir: path.join(settings.DATA_DIR, 'kafka'),
    users: { [credentials.kafkaUser]: credentials.kafkaPassword },
  };
  if (settings.KAFKA_SECURITY_PROTOCOL === 'SASL_PLAINTEXT') return { options };
  const { certFile, key, cert } = storedCertificate(settings.DATA_DIR);
  return { options: { ...options, tls: { key, cert } }, caFile: certFile };
}

function cosmosOptions({ settings, credentials }: EmbeddedServersSetup): CosmosServerOptions {
  return { file: path.join(settings.DATA_DIR, 'cosmos.sqlite'), key: credentials.cosmosKey };
}
