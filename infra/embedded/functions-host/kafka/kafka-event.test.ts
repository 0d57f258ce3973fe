import type { KafkaMessage } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { kafkaInput } from './kafka-event.ts';

function record(offset: number, message: Partial<KafkaMessage> = {}) {
  const about = { attributes: 0, timestamp: '1767225600120', offset: String(offset), headers: {} };
  return { topic: 'orders', partition: 3, message: { key: null, value: null, ...about, ...message } as KafkaMessage };
}
const text = record(7, {
  key: Buffer.from('main'),
  value: Buffer.from('{"n":1}'),
  headers: { type: Buffer.from('order.created'), trace: [Buffer.from('a'), Buffer.from('b')] },
});

describe('the Kafka event that a function is given', () => {
  it('a text event is given as JSON with its value as text and its headers as base64', () => {
    const { input } = kafkaInput({ cardinality: 'one', dataType: 'string' }, [text]);
    expect(JSON.parse(input.string ?? '')).toEqual({
      Offset: 7,
      Partition: 3,
      Topic: 'orders',
      Timestamp: '2026-01-01T00:00:00.12Z',
      Value: '{"n":1}',
      Key: 'main',
      Headers: [
        { Key: 'type', Value: 'b3JkZXIuY3JlYXRlZA==' },
        { Key: 'trace', Value: 'YQ==' },
        { Key: 'trace', Value: 'Yg==' },
      ],
    });
  });

  it('an event that says a time beyond all dates is given with the last one, or the first', () => {
    const [late, early] = ['8640000000000001', '-9223372036854775808'].map((timestamp) => record(0, { timestamp }));
    if (late === undefined || early === undefined) expect.fail();
    const { input } = kafkaInput({ cardinality: 'many', dataType: 'string' }, [late, early]);
    const times = input.collectionString?.string.map((event) => JSON.parse(event).Timestamp);
    expect(times).toEqual(['+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z']);
  });

  it('an event without key and value is given with null for both', () => {
    const { input, triggerMetadata } = kafkaInput({ cardinality: 'many', dataType: 'string' }, [record(0)]);
    expect(JSON.parse(input.collectionString?.string[0] ?? '')).toMatchObject({ Key: null, Value: null, Headers: [] });
    expect(triggerMetadata.KeyArray).toEqual({ json: '[null]' });
    expect(kafkaInput({ cardinality: 'one', dataType: 'string' }, [record(0)]).triggerMetadata).not.toHaveProperty(
      'Key',
    );
  });

  it('a binary event is given as the bytes of its value', () => {
    const bytes = Buffer.from([0, 255]);
    const records = [record(1, { value: bytes }), record(2)];
    expect(kafkaInput({ cardinality: 'one', dataType: 'binary' }, records).input).toEqual({ bytes });
    expect(kafkaInput({ cardinality: 'many', dataType: 'binary' }, records).input).toEqual({
      collectionBytes: { bytes: [bytes] },
    });
  });

  it('the metadata of one event are single values, and those of several are arrays', () => {
    const { triggerMetadata: one } = kafkaInput({ cardinality: 'one', dataType: 'string' }, [text]);
    expect(one).toMatchObject({ Offset: { json: '7' }, Key: { string: 'main' }, Topic: { string: 'orders' } });
    const { triggerMetadata: many } = kafkaInput({ cardinality: 'many', dataType: 'string' }, [text, record(8)]);
    expect(many).toMatchObject({
      OffsetArray: { collectionSint64: { sint64: [7, 8] } },
      PartitionArray: { json: '[3,3]' },
      TopicArray: { collectionString: { string: ['orders', 'orders'] } },
      KeyArray: { json: '["main",null]' },
    });
  });
});
