import { describe, expect, it } from 'vitest';
import { recordsOf, recordsOfEventHub } from './received-record.ts';

/** As the extension serializes it. */
const fromHost = {
  Offset: 7,
  Partition: 2,
  Topic: 'order-events',
  Timestamp: '2026-11-22T10:00:00.123Z',
  Key: 'main',
  Value: '{"id":1}',
  Headers: [{ Key: 'type', Value: Buffer.from('order.created').toString('base64') }],
};
const record = {
  topic: 'order-events',
  partition: 2,
  offset: 7,
  timestamp: '2026-11-22T10:00:00.123Z',
  key: 'main',
  value: '{"id":1}',
  headers: { type: 'order.created' },
};

describe('a record from the host', () => {
  it('a record from the host is parsed from text or an object, alone or in a batch', () => {
    const text = JSON.stringify(fromHost);
    expect(recordsOf([text, fromHost])).toEqual([record, record]);
    expect(recordsOf(text)).toEqual([record]);
    expect(recordsOf([])).toEqual([]);
  });

  it('a record may lack key, value and headers, as tombstones do', () => {
    const bare = { ...fromHost, Key: null, Value: null, Headers: null };
    expect(recordsOf([bare])).toEqual([{ ...record, key: undefined, value: '', headers: {} }]);
    const { Key: _, Value: __, Headers: ___, ...least } = fromHost;
    expect(recordsOf([least])).toEqual(recordsOf([bare]));
  });

  it.each([
    'no JSON',
    {},
    { ...fromHost, Offset: 'x' },
    7,
  ])('a malformed record from the host fails its batch, so that nothing is skipped: %j', (input) => {
    expect(() => recordsOf([fromHost, input])).toThrow();
  });
});

describe('messages from the Event Hubs trigger', () => {
  /** As the programming model hands them to a function, with what is not used left out. */
  const metadata = {
    partitionContext: { fullyQualifiedNamespace: 'ns', eventHubName: 'order-events', partitionId: '2' },
    propertiesArray: [{ type: 'order.created' }, {}],
    systemPropertiesArray: [
      { sequenceNumber: 7, offset: '700', partitionKey: 'main', enqueuedTimeUtc: '2026-11-22T10:00:00.123' },
      { sequenceNumber: 8, offset: '800', partitionKey: null, enqueuedTimeUtc: '2026-11-22T10:00:00Z' },
    ],
  };
  const messages = [Buffer.from('{"id":1}'), Buffer.alloc(0)];

  it('messages from the Event Hubs trigger are parsed, even without key, value and properties', () => {
    expect(recordsOfEventHub(messages, metadata)).toEqual([
      record,
      { ...record, offset: 8, timestamp: '2026-11-22T10:00:00Z', key: undefined, value: '', headers: {} },
    ]);
  });

  it.each([
    ['a message without its properties', [...messages, Buffer.from('x')], metadata],
    ['a text instead of bytes', ['{"id":1}', ''], metadata],
    ['no metadata', messages, undefined],
    ['a missing sequence number', messages, { ...metadata, systemPropertiesArray: [{}, {}] }],
  ])('a batch from the Event Hubs trigger fails for %s, so that nothing is skipped', (_, input, about) => {
    expect(() => recordsOfEventHub(input, about)).toThrow();
  });
});
