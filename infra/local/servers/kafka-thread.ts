import path from 'node:path';
import type { AccessPolicy } from '../../embedded/event-hubs/access-token.ts';
import type { FaultGate } from '../../embedded/faults/gate.ts';
import { type KafkaServer, type KafkaServerOptions, startKafkaServer } from '../../embedded/kafka/server.ts';
import { runInThread } from './run-in-thread.ts';

export interface BusOptions extends KafkaServerOptions {
  /** Offers the same topics as hubs, and storage for the checkpoints of who reads them. */
  readonly eventHubs?: EventHubsOptions;
}

export interface EventHubsOptions {
  readonly policy: AccessPolicy;
  /** Free ones when left out. */
  readonly ports?: { readonly amqp: number; readonly blobs: number };
}

export interface BusAddress {
  readonly port: number;
  readonly brokers: string;
  readonly eventHubs?: EventHubsAddress;
}

export interface EventHubsAddress {
  readonly ports: { readonly amqp: number; readonly blobs: number };
  readonly connectionString: string;
  readonly storageConnectionString: string;
}

await runInThread<BusOptions, BusAddress>(async (options, gate) => {
  const kafka = await startKafkaServer({ ...options, ...gate });
  const address = { port: kafka.port, brokers: kafka.brokers };
  if (options.eventHubs === undefined) return { address, close: () => kafka.close() };
  const eventHubs = await startEventHubs(kafka, options.eventHubs, options.dataDir, gate);
  return {
    address: { ...address, eventHubs: eventHubs.address },
    async close() {
      await eventHubs.close();
      await kafka.close();
    },
  };
});

async function startEventHubs(
  { topics }: KafkaServer,
  { policy, ports }: EventHubsOptions,
  dataDir: string,
  gate: { readonly faults?: FaultGate },
) {
  const [{ startEventHubsServer }, { startBlobServer }] = await Promise.all([
    import('../../embedded/event-hubs/server.ts'),
    import('../../embedded/blobs/server.ts'),
  ]);
  const amqp = await startEventHubsServer({ topics, policy, port: ports?.amqp ?? 0, ...gate });
  const blobs = await startBlobServer({
    dataDir: path.join(dataDir, 'blobs'),
    port: ports?.blobs ?? 0,
    secret: policy.key,
  });
  const address: EventHubsAddress = {
    ports: { amqp: amqp.port, blobs: blobs.port },
    connectionString: amqp.connectionString,
    storageConnectionString: blobs.connectionString,
  };
  return {
    address,
    async close() {
      await Promise.all([amqp.close(), blobs.close()]);
    },
  };
}
