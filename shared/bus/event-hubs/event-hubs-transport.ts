import type { EventData, EventDataBatch } from '@azure/event-hubs';
import { inParallel } from '../../async/in-parallel.ts';
import { topics } from '../../events/topics.ts';
import type { BusMessage } from '../bus-message.ts';
import { MessageRefusedError, type Transport } from '../transport.ts';
import type { HubClients } from './event-hubs-connection.ts';

/**
 * Errors that say something of the message, by the names that `@azure/core-amqp` gives to AMQP's conditions.
 * Source: https://learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-troubleshoot
 */
const refusals = new Set([
  'MessageTooLargeError',
  'ArgumentError',
  'ArgumentOutOfRangeError',
  'DecodeError',
  'InvalidFieldError',
]);

/** Runs of one key follow each other; this many keys are on their way at once. */
const keysAtOnce = 32;

/** Sends by Event Hubs' own protocol (AMQP). A message may arrive twice, and consumers tell by the event's id. */
export function eventHubsTransport(hubs: HubClients): Transport {
  return {
    name: 'Event Hubs (AMQP)',
    async send(messages) {
      const runs = Map.groupBy(messages, ({ topic, key }) => JSON.stringify([topic, key]));
      try {
        await inParallel([...runs.values()], keysAtOnce, (run) => sendRun(run, hubs));
      } catch (error) {
        throw isRefusal(error)
          ? new MessageRefusedError(`the bus refuses a message: ${String(error)}`, { cause: error })
          : error;
      }
    },
    async ping() {
      await hubs.of(topics[0]).getEventHubProperties();
    },
    close: () => hubs.close(),
  };
}

/** Sends messages of one key, in their order, in as few batches as the hub's limit allows. */
async function sendRun(run: readonly BusMessage[], hubs: HubClients): Promise<void> {
  const [first] = run;
  if (first === undefined) return;
  const producer = hubs.of(first.topic);
  const open = () => producer.createBatch({ partitionKey: first.key });
  let batch = await open();
  for (const message of run) {
    if (batch.tryAdd(eventData(message))) continue;
    if (batch.count > 0) {
      await producer.sendBatch(batch);
      batch = await open();
    }
    addAlone(message, batch);
  }
  await producer.sendBatch(batch);
}

function addAlone(message: BusMessage, batch: EventDataBatch): void {
  if (batch.tryAdd(eventData(message))) return;
  const bytes = Buffer.byteLength(message.value);
  throw new MessageRefusedError(`an event of ${bytes} bytes does not fit into a batch of ${batch.maxSizeInBytes}`);
}

/**
 * The value goes as bytes, since the SDK would make JSON of a text once more. By AMQP the form of an event is a property of the
 * message itself (CloudEvents, AMQP protocol binding, 3.2); it stays a header for who reads by Kafka.
 */
function eventData({ value, headers }: BusMessage): EventData {
  const { 'content-type': contentType } = headers;
  return {
    body: Buffer.from(value),
    ...(contentType === undefined ? {} : { contentType }),
    properties: { ...headers },
  };
}

/** The SDK gives AMQP's condition as `code`. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && refusals.has(error.code);
}
