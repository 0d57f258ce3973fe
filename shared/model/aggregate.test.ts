import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvent } from '../events/define-event.ts';
import { defineAggregate } from './aggregate.ts';
import { defineProjection } from './projection.ts';

const ofLamp = { version: 1, topic: 'platform-events', subject: () => 'lamp/1', partitionKey: () => '1' } as const;
const data = z.object({ lamp: z.string() });
const Mounted = defineEvent({ ...ofLamp, type: 'lamp.mounted', description: 'A lamp is there.', data });
const Switched = defineEvent({ ...ofLamp, type: 'lamp.switched', description: 'A lamp is on, or off.', data });
const Dusted = defineEvent({ ...ofLamp, type: 'lamp.dusted', description: 'A lamp is clean.', data });
const Sold = defineEvent({ ...ofLamp, type: 'lamp.sold', description: 'A lamp is not ours.', data });

const Lamp = defineAggregate({
  kind: 'lamp',
  state: z.object({ isOn: z.boolean() }),
  events: [Mounted, Switched, Dusted],
  begin: { 'lamp.mounted': () => ({ isOn: false }) },
  evolve: { 'lamp.switched': ({ isOn }) => ({ isOn: !isOn }) },
});
const lamp = { lamp: '1' };

describe('an aggregate', () => {
  it('an aggregate begins with its first event and evolves with the others', () => {
    const begun = Lamp.apply(undefined, Mounted(lamp));
    expect(begun).toEqual({ isOn: false });
    expect(Lamp.apply(begun, Switched(lamp))).toEqual({ isOn: true });
    expect(begun).toEqual({ isOn: false });
  });

  it('an aggregate accepts an event that does not change its state', () => {
    const state = { isOn: true };
    expect(Lamp.apply(state, Dusted(lamp))).toBe(state);
  });

  it('an aggregate refuses to begin with an event that evolves it', () => {
    expect(() => Lamp.apply(undefined, Switched(lamp))).toThrow('lamp cannot begin with lamp.switched');
  });

  it('an aggregate that exists refuses to begin again', () => {
    expect(() => Lamp.apply({ isOn: true }, Mounted(lamp))).toThrow(
      expect.objectContaining({ code: 'already-exists', kind: 'state' }),
    );
  });

  it('an aggregate refuses an event that it does not list, and says where to add it', () => {
    expect(() => Lamp.apply({ isOn: true }, Sold(lamp))).toThrow(
      'lamp does not list the event lamp.sold: add it to its events',
    );
  });

  it('an aggregate refuses a stored state that does not fit its schema', () => {
    expect(() => Lamp.parse({ isOn: 'yes' })).toThrow('isOn');
  });

  it.each([
    'id',
    'boundary',
    'kind',
    'version',
    'dueAttempts',
  ])('the states of aggregates and projections cannot have the field %s, which is reserved for the document', (name) => {
    const state = z.object({ [name]: z.string() });
    const complaint = `the state of lamp may not have a field ${name}`;
    expect(() => defineAggregate({ kind: 'lamp', state, events: [], begin: {}, evolve: {} })).toThrow(complaint);
    expect(() => defineProjection({ kind: 'lamp', state })).toThrow(complaint);
  });
});
