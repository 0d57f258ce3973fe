import { type EventHubClientOptions, EventHubProducerClient } from '@azure/event-hubs';
import { withPatience } from '../patience.ts';
import type { EventHubsSettings } from '../settings.ts';
import type { Credential } from './credential.ts';

/** The hubs of a namespace. */
export interface HubClients {
  /** The client of a hub, made when it is first wanted; it connects when it is first used. */
  of(hub: string): EventHubProducerClient;
  close(): Promise<void>;
}

/**
 * Who sends has a patience of their own: the SDK is to tell at once what is wrong, not to try for minutes. It notices only by
 * this time-out that a link was detached, or a connection lost, while a message was on its way.
 */
const clientOptions: EventHubClientOptions = { retryOptions: { maxRetries: 0, timeoutInMs: 5_000 } };
/** The SDK waits a minute for the farewell of a bus that is not there. */
const farewellMs = 2_000;

/** Clients for the hubs of the settings' namespace, each with a connection of its own. */
export function connectEventHubs(settings: EventHubsSettings, credential: Credential): HubClients {
  const open = opener(settings, credential);
  const clients = new Map<string, EventHubProducerClient>();
  return {
    of(hub) {
      const client = clients.get(hub) ?? open(hub);
      clients.set(hub, client);
      return client;
    },
    async close() {
      const closing = [...clients.values()].map((client) => withPatience(client.close(), farewellMs));
      await Promise.allSettled(closing); // who is not there cannot be told goodbye
    },
  };
}

function opener(settings: EventHubsSettings, credential: Credential): (hub: string) => EventHubProducerClient {
  const { EVENT_HUBS: connectionString, EVENT_HUBS__fullyQualifiedNamespace: namespace } = settings;
  if (connectionString !== undefined) return (hub) => new EventHubProducerClient(connectionString, hub, clientOptions);
  if (namespace !== undefined) return (hub) => new EventHubProducerClient(namespace, hub, credential, clientOptions);
  throw new Error('neither EVENT_HUBS nor EVENT_HUBS__fullyQualifiedNamespace is set');
}
