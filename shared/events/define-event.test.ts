import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvent, NewerVersionError, type Upcasters } from './define-event.ts';

const contract = {
  type: 'parcel.moved',
  topic: 'logistics-events',
  description: 'A parcel is somewhere else.',
  data: z.object({ parcelId: z.string(), place: z.object({ city: z.string(), country: z.string() }) }),
  subject: ({ parcelId }: { parcelId: string }) => `parcel/${parcelId}`,
  partitionKey: ({ parcelId }: { parcelId: string }) => parcelId,
} as const;

/** Version 1 had `where: 'Bonn'`, version 2 `city: 'Bonn'`, version 3 has a country besides. */
const upcasters: Upcasters = {
  1: (data) => {
    const { where, ...rest } = z.looseObject({ where: z.string() }).parse(data);
    return { ...rest, city: where };
  },
  2: (data) => {
    const { city, ...rest } = z.looseObject({ city: z.string() }).parse(data);
    return { ...rest, place: { city, country: 'DE' } };
  },
};
const ParcelMoved = defineEvent({ ...contract, version: 3, upcasters });

describe('an event of an old version', () => {
  it('an event of an old version is upcast version by version', () => {
    const now = { parcelId: 'p', place: { city: 'Bonn', country: 'DE' } };
    expect(ParcelMoved.read({ parcelId: 'p', where: 'Bonn' }, 1).data).toEqual(now);
    expect(ParcelMoved.read({ parcelId: 'p', city: 'Bonn' }, 2).data).toEqual(now);
    expect(ParcelMoved.read(now, 3).data).toEqual(now);
  });

  it('an event of an old version must fit the contract after it was upcast', () => {
    expect(ParcelMoved.read({ city: 'Bonn' }, 2).success).toBe(false);
  });

  it('an event of an old version that its upcaster cannot read is a broken event', () => {
    expect(ParcelMoved.read({ parcelId: 'p', where: 7 }, 1).success).toBe(false);
    expect(ParcelMoved.read('nothing', 1).success).toBe(false);
  });

  it('a contract that lacks the upcaster from an old version is refused', () => {
    const { 1: _, ...incomplete } = upcasters;
    expect(() => defineEvent({ ...contract, version: 3, upcasters: incomplete })).toThrow(
      'parcel.moved is at version 3 but has no upcaster from version 1',
    );
    expect(() => defineEvent({ ...contract, version: 2 })).toThrow('no upcaster from version 1');
  });
});

describe('an event of a newer version', () => {
  it('an event of a newer version fails with NewerVersionError, not as a broken event', () => {
    expect(() => ParcelMoved.read({ whatever: true }, 4)).toThrow(NewerVersionError);
  });
});

it.each([
  'order-created',
  'orderCreated',
  'order.created2',
  'order created',
])('the type %s, which no envelope takes, is refused where it is declared', (type) => {
  expect(() => defineEvent({ ...contract, type, version: 1 })).toThrow(`${type} is no type of an event`);
});
