import { onTestFinished } from 'vitest';
import type { FaultGate } from '../faults/gate.ts';
import type { IdentityTokens } from '../identity/identity-tokens.ts';
import { clientOf, connectAdmin, startServer } from '../kafka/testing/server-under-test.ts';
import { type EventHubsServer, startEventHubsServer } from './server.ts';

export interface HubsUnderTestOptions {
  readonly dataDir?: string;
  readonly port?: number;
  readonly hubs?: readonly string[];
  readonly partitions?: number;
  readonly faults?: FaultGate;
  readonly identities?: IdentityTokens;
}

/** An endpoint for one test, over a broker in the Event Hubs profile. Both may be closed and started anew. */
export interface HubsUnderTest extends EventHubsServer {
  /** Of the broker that serves the same logs by the Kafka protocol. */
  readonly brokers: string;
}

export async function startHubs(options: HubsUnderTestOptions = {}): Promise<HubsUnderTest> {
  const { port = 0, hubs = ['orders'], partitions = 2, faults, identities, ...storage } = options;
  const broker = await startServer({ profile: 'event-hubs', ...storage });
  const admin = await connectAdmin(clientOf(broker));
  await admin.createTopics({ topics: hubs.map((topic) => ({ topic, numPartitions: partitions })) });
  const policy = { name: 'root', key: 'c2VjcmV0' };
  const endpoint = await startEventHubsServer({ topics: broker.topics, policy, port, faults, identities });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await endpoint.close();
    await broker.close();
  };
  onTestFinished(close);
  return { ...endpoint, brokers: broker.brokers, close };
}
