import { newId } from '../ids.ts';
import type { Settings } from '../settings/settings.ts';
import { connectKafka } from './kafka/kafka-connection.ts';
import { kafkaLagReader } from './kafka/kafka-lag.ts';
import { kafkaTopicReader } from './kafka/kafka-topic-reader.ts';
import { kafkaTransport } from './kafka/kafka-transport.ts';
import type { LagReader } from './lag.ts';
import type { TopicReader } from './topic-reader.ts';
import type { Transport } from './transport.ts';

/** What the product does with the bus, whichever it is; the triggers are the host's. */
export interface Bus {
  readonly transport: Transport;
  readonly lag: LagReader;
  readonly topicReader: TopicReader;
}

/** The bus of the settings. Nothing is connected before it is used. What only Event Hubs needs is loaded only for it. */
export async function openBus(settings: Settings): Promise<Bus> {
  if (settings.EVENT_TRIGGER === 'eventhubs')
    return (await import('./event-hubs/event-hubs-bus.ts')).eventHubsBus(settings);
  const kafka = connectKafka(settings, 'lagerhaus');
  return {
    transport: kafkaTransport(kafka, settings),
    lag: kafkaLagReader(kafka),
    topicReader: kafkaTopicReader(kafka, newId),
  };
}
