import { azureCredential } from '../../security/azure-credential.ts';
import type { EventHubsSettings } from '../../settings/bus-settings.ts';
import type { Bus } from '../bus.ts';
import { checkpointContainer } from './checkpoint-container.ts';
import { connectEventHubs } from './event-hubs-connection.ts';
import { eventHubsLagReader } from './event-hubs-lag.ts';
import { eventHubsTopicReader } from './event-hubs-topic-reader.ts';
import { eventHubsTransport } from './event-hubs-transport.ts';

/** Event Hubs by its own protocol. */
export function eventHubsBus(settings: EventHubsSettings): Bus {
  const credential = azureCredential();
  const hubs = connectEventHubs(settings, credential);
  return {
    transport: eventHubsTransport(hubs),
    lag: eventHubsLagReader(hubs, checkpointContainer(settings, credential)),
    topicReader: eventHubsTopicReader(hubs),
  };
}
