import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvent } from '../../../shared/events/define-event.ts';
import { defineAggregate, reject } from '../../../shared/model/aggregate.ts';
import { given } from './decider.ts';

const ofLamp = { version: 1, topic: 'platform-events', subject: () => 'lamp/1', partitionKey: () => '1' } as const;
const data = z.object({ room: z.string() });
const Mounted = defineEvent({ ...ofLamp, type: 'lamp.mounted', description: 'A lamp is there.', data });
const Switched = defineEvent({ ...ofLamp, type: 'lamp.switched', description: 'A lamp is on, or off.', data });

const LampState = z.object({ room: z.string(), isOn: z.boolean() });
const Lamp = defineAggregate({
  kind: 'lamp',
  state: LampState,
  events: [Mounted, Switched],
  begin: { [Mounted.type]: ({ data: { room } }) => ({ room, isOn: false }) },
  evolve: { [Switched.type]: (lamp) => ({ ...lamp, isOn: !lamp.isOn }) },
});

const mount = (room: string) => [Mounted({ room })];
function turnOn({ room, isOn }: z.infer<typeof LampState>, hasPower: boolean) {
  if (!hasPower) throw reject('no-power', 'the house is dark');
  return isOn ? [] : [Switched({ room })];
}
const explode = ({ isOn }: z.infer<typeof LampState>): [] => {
  throw new TypeError(`on: ${isOn}`);
};

const mounted = Mounted({ room: 'hall' });
const switched = Switched({ room: 'hall' });

describe('the decider kit', () => {
  it('the decider kit accepts the past as events, as a state, or as both', () => {
    given(Lamp, mounted).when(turnOn, true).then(['lamp.switched']);
    given(Lamp, mounted, switched).when(turnOn, true).then([]);
    given(Lamp, { room: 'hall', isOn: false }).when(turnOn, true).then(['lamp.switched']);
    given(Lamp, { room: 'hall', isOn: false }, switched).when(turnOn, true).then([]);
  });

  it('the decider kit accepts a first event without a past', () => {
    given(Lamp)
      .when(mount, 'hall')
      .then([{ type: 'lamp.mounted', data: { room: 'hall' } }])
      .thenState({ room: 'hall', isOn: false });
  });

  it('the decider kit returns the state, so that a test can decide further on it', () => {
    const { state } = given(Lamp, mounted).when(turnOn, true);
    given(Lamp, state).when(turnOn, true).then([]).thenState({ room: 'hall', isOn: true });
  });

  it('the decider kit checks a refusal by its code, kind and detail', () => {
    const outcome = given(Lamp, mounted).when(turnOn, false);
    outcome.isRefused('no-power');
    outcome.isRefused('no-power', { kind: 'state', detail: 'the house is dark' });
  });

  it('the decider kit throws an unexpected error of a rule as it is', () => {
    expect(() => given(Lamp, mounted).when(explode)).toThrow(TypeError);
  });

  it('the decider kit accepts only arguments and events of the right type', () => {
    // @ts-expect-error: turnOn takes a boolean
    given(Lamp, mounted).when(turnOn, 'yes');
    // @ts-expect-error: and it takes no less
    given(Lamp, mounted).when(turnOn);
    const outcome = given(Lamp, mounted).when(turnOn, true);
    // @ts-expect-error: no such event comes of it
    expect(() => outcome.then(['lamp.sold'])).toThrow();
  });
});

describe('failures of the decider kit', () => {
  const turnedOn = () => given(Lamp, mounted).when(turnOn, true);
  const refused = () => given(Lamp, mounted).when(turnOn, false);

  it('the decider kit fails if a rule returns more, fewer or other events', () => {
    expect(() => turnedOn().then([])).toThrow('what happens to the lamp');
    expect(() => turnedOn().then(['lamp.switched', 'lamp.switched'])).toThrow('what happens to the lamp');
    expect(() => turnedOn().then([{ type: 'lamp.switched', data: { room: 'cellar' } }])).toThrow(
      'what happens to the lamp',
    );
  });

  it('the decider kit fails if the state afterwards differs', () => {
    expect(() => turnedOn().thenState({ room: 'hall', isOn: false })).toThrow('the lamp afterwards');
  });

  it('the decider kit fails if a rule decides instead of refusing, and names the events', () => {
    expect(() => turnedOn().isRefused('no-power')).toThrow('was to refuse with no-power, but decides: lamp.switched');
    expect(() => given(Lamp, mounted, switched).when(turnOn, true).isRefused('no-power')).toThrow(
      'but decides: nothing',
    );
  });

  it('the decider kit fails if a rule refuses instead of deciding, and says why', () => {
    const says = 'was to decide, but refuses with no-power: the house is dark';
    expect(() => refused().then(['lamp.switched'])).toThrow(says);
    expect(() => refused().thenState({ room: 'hall', isOn: true })).toThrow(says);
    expect(() => refused().state).toThrow(says);
  });

  it('the decider kit fails if a rule refuses with another code, kind or detail', () => {
    expect(() => refused().isRefused('no-money')).toThrow('the house is dark');
    expect(() => refused().isRefused('no-power', { kind: 'content' })).toThrow();
    expect(() => refused().isRefused('no-power', { detail: 'no' })).toThrow();
  });

  it('the decider kit fails if a test asks for the state of an aggregate that never began', () => {
    expect(() => given(Lamp).when((): [] => []).state).toThrow('there is no lamp');
  });
});
