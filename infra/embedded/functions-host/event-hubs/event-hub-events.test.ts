import type { ReceivedEventData } from '@azure/event-hubs';
import { expect, it } from 'vitest';
import { eventHubInput } from './event-hub-events.ts';

const place = { fullyQualifiedNamespace: 'ns', eventHubName: 'orders', consumerGroup: 'all', partitionId: '1' };
const event = (body: string, more: Partial<ReceivedEventData> = {}): ReceivedEventData => ({
  body: Buffer.from(body),
  offset: '700',
  sequenceNumber: 7,
  enqueuedTimeUtc: new Date('2026-01-01T00:00:00.120Z'),
  partitionKey: 'main',
  properties: { type: 'order.created' },
  getRawAmqpMessage: () => ({ body, bodyType: 'data' }),
  ...more,
});
const events = [event('{"n":1}'), event('', { partitionKey: null, properties: {}, sequenceNumber: 8 })];

it('binary events of Event Hubs are passed one by one with their properties', () => {
  const { input, triggerMetadata } = eventHubInput({ dataType: 'binary' }, place, events);
  expect(input.collectionBytes?.bytes.map(String)).toEqual(['{"n":1}', '']);
  expect(JSON.parse(triggerMetadata.PropertiesArray?.json ?? '')).toEqual([{ type: 'order.created' }, {}]);
  const time = '2026-01-01T00:00:00.12';
  expect(JSON.parse(triggerMetadata.SystemPropertiesArray?.json ?? '')).toEqual([
    { SequenceNumber: 7, Offset: '700', PartitionKey: 'main', EnqueuedTimeUtc: time },
    { SequenceNumber: 8, Offset: '700', PartitionKey: null, EnqueuedTimeUtc: time },
  ]);
  expect(triggerMetadata).toMatchObject({
    SequenceNumberArray: { collectionSint64: { sint64: [7, 8] } },
    EnqueuedTimeUtcArray: { json: JSON.stringify([time, time]) },
    PartitionContext: { json: expect.stringContaining('"PartitionId":"1"') },
  });
});

it('empty text events of Event Hubs are left out, as by the real host', () => {
  const { input, triggerMetadata } = eventHubInput({ dataType: 'string' }, place, events);
  expect(input.collectionString?.string).toEqual(['{"n":1}']);
  expect(triggerMetadata.PartitionKeyArray?.collectionString?.string).toEqual(['main']);
});
