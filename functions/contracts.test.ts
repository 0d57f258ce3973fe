import { describe, expect, it } from 'vitest';
import { anOccurrence } from '../shared/events/contracts/contracts.examples.ts';
import { contracts } from '../shared/events/registry.ts';
import { seal } from '../shared/events/seal.ts';
import { services } from './services.ts';

const examples = services.flatMap((service) => service.examples);

describe('event contracts', () => {
  it('every event contract has one example, in the service that records the event', () => {
    expect(examples.map(({ event }) => event.type).toSorted()).toEqual(contracts.map(({ type }) => type).toSorted());
  });

  it.each(examples)('the example of $event.type keeps its topic, subject and key', ({ event, promise }) => {
    const { subject, partitionkey: key } = seal(event, anOccurrence);
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
