import path from 'node:path';
import type { KafkaSettings } from '../../../shared/settings/bus-settings.ts';
import { storedCertificate } from '../../embedded/certificate/stored.ts';
import type { FaultRules } from '../../embedded/faults/fault-rules.ts';
import type { Credentials } from '../credentials.ts';
import type { StackFile } from '../stack-file.ts';
import type { StackSettings } from '../stack-settings.ts';
import type { StopOrder } from '../stop-order.ts';
import type { StorageAddress, StorageOptions } from './cosmos-thread.ts';
import type { BusAddress, BusOptions, EventHubsAddress } from './kafka-thread.ts';
import { ServerThread } from './server-thread.ts';

export interface EmbeddedServersSetup {
  readonly settings: StackSettings;
  readonly credentials: Credentials;
  readonly stopOrder: StopOrder;
  readonly onBroken: (error: unknown) => void;
  readonly rules?: FaultRules;
}

const database = 'lagerhaus';

/**
 * Starts the Cosmos server and, unless somebody else runs the bus, the broker: each in its thread, on the data of the last
 * time.
 */
export async function startEmbeddedServers(setup: EmbeddedServersSetup) {
  const shared = { onBroken: setup.onBroken, ...(setup.rules === undefined ? {} : { rules: setup.rules }) };
  const cosmos = new ServerThread<StorageOptions, StorageAddress>({
    server: 'cosmos',
    module: new URL('./cosmos-thread.ts', import.meta.url),
    options: storageOptions(setup),
    keep: ({ port, blobs }) => ({ port, blobs: { ...storageOptions(setup).blobs, port: blobs.port } }),
    ...shared,
  });
  await setup.stopOrder.add('The Cosmos server', () => cosmos.stop());
  const [bus, { endpoint, blobs }] = await Promise.all([startBus(setup, shared), cosmos.start()]);
  const addresses: Pick<StackFile, 'kafka' | 'eventHubs' | 'cosmos' | 'blobs'> = {
    ...bus.addresses,
    cosmos: { endpoint, key: setup.credentials.cosmosKey, database },
    blobs: { connectionString: blobs.connectionString },
  };
  return { servers: { kafka: bus.broker, cosmos }, addresses };
}

async function startBus(
  { settings: { bus, DATA_DIR }, credentials, stopOrder }: EmbeddedServersSetup,
  shared: Pick<EmbeddedServersSetup, 'onBroken' | 'rules'>,
) {
  if (bus.kind === 'outside') return { broker: undefined, addresses: { kafka: addressOutside(bus.settings) } };
  const { kafkaUser: user, kafkaPassword: password } = credentials;
  const certificate = bus.securityProtocol === 'SASL_SSL' ? await storedCertificate(DATA_DIR) : undefined;
  const broker = new ServerThread<BusOptions, BusAddress>({
    server: 'kafka',
    module: new URL('./kafka-thread.ts', import.meta.url),
    options: {
      dataDir: path.join(DATA_DIR, 'kafka'),
      users: { [user]: password },
      profile: bus.profile,
      ...(bus.identitySecret === undefined ? {} : { identitySecret: bus.identitySecret }),
      ...(bus.idleAfterMs === undefined ? {} : { idleAfterMs: bus.idleAfterMs }),
      ...(certificate === undefined ? {} : { tls: { key: certificate.key, cert: certificate.cert } }),
      ...(bus.offersEventHubs ? { eventHubs: { policy: { name: user, key: password } } } : {}),
    },
    keep: keptAddress,
    ...shared,
  });
  await stopOrder.add('The Kafka broker', () => broker.stop());
  const { brokers, eventHubs } = await broker.start();
  const kafka: StackFile['kafka'] = {
    isOutside: false,
    brokers,
    securityProtocol: bus.securityProtocol,
    saslMechanism: 'PLAIN',
    user,
    password,
    ...(certificate === undefined ? {} : { caFile: certificate.certFile }),
  };
  return { broker, addresses: { kafka, ...(eventHubs === undefined ? {} : { eventHubs: stringsOf(eventHubs) }) } };

  function keptAddress(address: BusAddress): Partial<BusOptions> {
    const ports = address.eventHubs?.ports;
    if (ports === undefined) return { port: address.port };
    return { port: address.port, eventHubs: { policy: { name: user, key: password }, ports } };
  }
}

function stringsOf({ connectionString, storageConnectionString }: EventHubsAddress) {
  return { connectionString, storageConnectionString };
}

function addressOutside(settings: KafkaSettings): StackFile['kafka'] {
  const { KAFKA_CA_FILE: caFile } = settings;
  return {
    isOutside: true,
    brokers: settings.KAFKA_BROKERS.join(),
    securityProtocol: settings.KAFKA_SECURITY_PROTOCOL,
    saslMechanism: settings.KAFKA_SASL_MECHANISM,
    user: settings.KAFKA_SASL_USERNAME,
    password: settings.KAFKA_SASL_PASSWORD,
    // The app may run in another folder.
    ...(caFile === undefined ? {} : { caFile: path.resolve(caFile) }),
  };
}

function storageOptions({
  settings: { DATA_DIR: folder },
  credentials: { cosmosKey: key },
}: EmbeddedServersSetup): StorageOptions {
  return { file: path.join(folder, 'cosmos.sqlite'), key, blobs: { dataDir: path.join(folder, 'blobs'), secret: key } };
}
