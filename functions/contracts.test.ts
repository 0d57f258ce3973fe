import { describe, expect, it } from 'vitest';
import { contracts } from '../shared/events/registry.ts';
import { seal } from '../shared/events/seal.ts';
import { services } from './services.ts';

const examples = services.flatMap((service) => service.examples);

const occurrence = {
  id: '0193a0b0-0000-7000-8000-000000000001',
  service: 'tests',
  sequence: 1,
  time: '2026-11-22T10:00:00.000Z',
  cause: { tenant: 'main', correlationId: 'c' },
};

describe('event contracts', () => {
  it('every event contract has one example, in the service that records the event', () => {
    expect(examples.map(({ event }) => event.type).toSorted()).toEqual(contracts.map(({ type }) => type).toSorted());
  });

  it.each(examples)('the example of $event.type keeps its topic, subject and key', ({ event, promise }) => {
    const { subject, partitionkey: key } = seal(event, occurrence);
    expect({ topic: event.definition.topic, subject, key }).toEqual(promise);
  });

  it.each(examples)('the example of $event.type can be read again after a round trip through JSON', ({
    event: { data, definition },
  }) => {
    expect(definition.read(JSON.parse(JSON.stringify(data)), definition.version)).toMatchObject({
      success: true,
      data,
    });
  });
});
