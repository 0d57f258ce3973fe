import { newId } from '../ids.ts';
import type { Settings } from '../settings/settings.ts';
import type { Bus } from './bus.ts';
import { connectKafka } from './kafka/kafka-connection.ts';
import { kafkaLagReader } from './kafka/kafka-lag.ts';
import { kafkaTopicReader } from './kafka/kafka-topic-reader.ts';
import { kafkaTransport } from './kafka/kafka-transport.ts';

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
