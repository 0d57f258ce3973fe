import { describe, expect, it } from 'vitest';
import { actorOf } from './actor.ts';
import { createSigningKeys, rotateSigningKeys, type SigningKeys } from './signing-keys.ts';

const keys: SigningKeys = JSON.parse(await createSigningKeys());
const rotated: SigningKeys = JSON.parse(await rotateSigningKeys(keys, { now: new Date(), retireAfterMs: 1 }));
const ann = { sub: 'corp:ann@corp.test' };

describe('an actor in an event', () => {
  it('one of our users is named by their id', () => {
    expect(actorOf({ sub: '01a20947-a59f-76f9-837c-cc7d43945ad1' }, () => keys)).toBe(
      '01a20947-a59f-76f9-837c-cc7d43945ad1',
    );
  });
  it('somebody of an outside issuer is a keyed hash behind its name, the same until the keys are rotated', () => {
    const actor = actorOf(ann, () => keys);
    expect(actor).toMatch(/^corp:[0-9a-f]{64}$/);
    expect(actorOf(ann, () => keys)).toBe(actor);
    expect(actorOf({ sub: 'corp:bob@corp.test' }, () => keys)).not.toBe(actor);
    expect(actorOf(ann, () => rotated)).not.toBe(actor);
  });
});
