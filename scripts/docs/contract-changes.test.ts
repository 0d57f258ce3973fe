import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '../../functions/services.ts';
import { defineEvent, type Upcasters } from '../../shared/events/define-event.ts';
import { contractChanges } from './contract-changes.ts';
import { currentVersion, readHistory } from './contract-history.ts';

const root = path.resolve(import.meta.dirname, '../..');
const examples = services.flatMap((service) => service.examples.map(({ event }) => event));

it('no contract has changed without a new version, and every old version can still be read', () => {
  expect(contractChanges(examples, readHistory(root)).join('\n')).toBe('');
});

const PlaceV1 = z.object({ parcelId: z.string(), city: z.string() });
const PlaceV2 = z.object({ parcelId: z.string(), place: z.object({ city: z.string() }) });

function parcelMoved<Data extends { parcelId: string }>(data: z.ZodType<Data>, version = 1, upcasters: Upcasters = {}) {
  return defineEvent({
    type: 'parcel.moved',
    version,
    topic: 'logistics-events',
    description: 'A parcel is somewhere else.',
    data,
    upcasters,
    subject: ({ parcelId }) => `parcel/${parcelId}`,
    partitionKey: ({ parcelId }) => parcelId,
  });
}

const first = parcelMoved(PlaceV1)({ parcelId: 'p', city: 'Bonn' });
const history = [currentVersion(first)];
const moved = { parcelId: 'p', place: { city: 'Bonn' } };
const lift = (data: unknown) => {
  const { city, parcelId } = PlaceV1.parse(data);
  return { parcelId, place: { city } };
};

describe('the changes of a contract', () => {
  it('a contract may stay as it is or change its descriptions', () => {
    const described = parcelMoved(PlaceV1.describe('Where it is'))(first.data);
    expect(contractChanges([first], history)).toEqual([]);
    expect(contractChanges([described], history)).toEqual([]);
  });

  it('a contract that changes without a new version is refused, with what to do', () => {
    const changes = contractChanges([parcelMoved(PlaceV2)(moved)], history);
    expect(changes).toEqual([
      expect.stringMatching(
        /^parcel\.moved has changed and is still version 1: make it version 2 with an upcaster from 1/,
      ),
      expect.stringContaining('parcel.moved version 1 can no longer be read (place'),
    ]);
  });

  it('a contract with one more field counts as changed, even if the field is optional', () => {
    const wider = parcelMoved(PlaceV1.extend({ note: z.string().optional() }))(first.data);
    expect(contractChanges([wider], history)).toEqual([expect.stringContaining('make it version 2')]);
  });

  it('a contract may get a new version that reads the old one, once its history is written', () => {
    const second = parcelMoved(PlaceV2, 2, { 1: lift })(moved);
    expect(contractChanges([second], history)).toEqual([
      expect.stringContaining('version 2 has no history yet: run npm run docs'),
    ]);
    expect(contractChanges([second], [...history, currentVersion(second)])).toEqual([]);
  });

  it('a contract whose upcaster does not produce the new version is refused', () => {
    const second = parcelMoved(PlaceV2, 2, { 1: (data) => data })(moved);
    expect(contractChanges([second], [...history, currentVersion(second)])).toEqual([
      expect.stringMatching(/^parcel\.moved version 1 can no longer be read \(place: .*mend its upcaster$/),
    ]);
  });

  it('a contract may neither disappear nor go back to an older version', () => {
    expect(contractChanges([], history)).toEqual([expect.stringContaining('has a history but no contract')]);
    const second = parcelMoved(PlaceV2, 2, { 1: lift })(moved);
    expect(contractChanges([first], [...history, currentVersion(second)])).toEqual([
      'parcel.moved was at version 2 already: do not go back',
    ]);
  });
});
