import type { TopicConsumer } from '../consuming/topic-consumer.ts';

/**
 * The binding of an Event Hubs-triggered function; the host finds the namespace in the settings called EVENT_HUBS. Bytes,
 * since of texts it leaves out the empty ones, and nobody could tell any more which properties are whose.
 * Source: https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-hubs-trigger
 */
export function eventHubsTrigger({ name, topic }: TopicConsumer) {
  return {
    type: 'eventHubTrigger',
    name: 'events',
    connection: 'EVENT_HUBS',
    eventHubName: topic,
    consumerGroup: name,
    cardinality: 'many',
    dataType: 'binary',
  };
}

/** The trigger goes on behind a batch that failed, unless it is told to try it again for ever. */
export const withoutEnd = { strategy: 'fixedDelay', maxRetryCount: -1, delayInterval: { seconds: 5 } } as const;
