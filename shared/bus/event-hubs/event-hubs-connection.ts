import { type EventHubClientOptions, EventHubConsumerClient, EventHubProducerClient } from '@azure/event-hubs';
import { withTimeout } from '../../async/timeout.ts';
import type { Credential } from '../../security/azure-credential.ts';
import type { EventHubsSettings } from '../../settings/bus-settings.ts';

/** The hubs of a namespace. */
export interface HubClients {
  /** The client of a hub, made when it is first wanted; it connects when it is first used. */
  of(hub: string): EventHubProducerClient;
  /** A new client that reads a hub beside its consumer groups' own; whoever asks for it closes it. */
  reader(hub: string): EventHubConsumerClient;
  close(): Promise<void>;
}

/**
 * Who sends has a time-out of their own: the SDK is to tell at once what is wrong, not to try for minutes. It notices only by
 * this time-out that a link was detached, or a connection lost, while a message was on its way.
 */
const clientOptions: EventHubClientOptions = { retryOptions: { maxRetries: 0, timeoutInMs: 5_000 } };
/** The SDK waits a minute for the farewell of a bus that is not there. */
const farewellMs = 2_000;

/** Clients for the hubs of the settings' namespace, each with a connection of its own. */
export function connectEventHubs(settings: EventHubsSettings, credential: Credential): HubClients {
  const open = openers(settings, credential);
  const clients = new Map<string, EventHubProducerClient>();
  return {
    of(hub) {
      const client = clients.get(hub) ?? open.producer(hub);
      clients.set(hub, client);
      return client;
    },
    reader: open.consumer,
    async close() {
      const closing = [...clients.values()].map((client) => withTimeout(client.close(), farewellMs));
      await Promise.allSettled(closing); // who is not there cannot be told goodbye
    },
  };
}

interface Openers {
  readonly producer: (hub: string) => EventHubProducerClient;
  readonly consumer: (hub: string) => EventHubConsumerClient;
}

/** Every hub has the group `$Default`, which no trigger of ours reads by. */
const ownGroup = EventHubConsumerClient.defaultConsumerGroupName;

function openers(settings: EventHubsSettings, credential: Credential): Openers {
  const { EVENT_HUBS: connectionString, EVENT_HUBS__fullyQualifiedNamespace: namespace } = settings;
  if (connectionString !== undefined)
    return {
      producer: (hub) => new EventHubProducerClient(connectionString, hub, clientOptions),
      consumer: (hub) => new EventHubConsumerClient(ownGroup, connectionString, hub, clientOptions),
    };
  if (namespace !== undefined)
    return {
      producer: (hub) => new EventHubProducerClient(namespace, hub, credential, clientOptions),
      consumer: (hub) => new EventHubConsumerClient(ownGroup, namespace, hub, credential, clientOptions),
    };
  throw new Error('neither EVENT_HUBS nor EVENT_HUBS__fullyQualifiedNamespace is set');
}
