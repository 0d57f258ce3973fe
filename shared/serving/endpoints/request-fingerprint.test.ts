import { describe, expect, it } from 'vitest';
import { createSigningKeys, rotateSigningKeys, type SigningKeys } from '../../security/signing-keys.ts';
import { fingerprintsOf } from './request-fingerprint.ts';

const input = { params: { id: 'a' }, query: undefined, body: { name: 'Ann', password: 'Summer2026' } };
const older: SigningKeys = JSON.parse(await createSigningKeys());
const rotated: SigningKeys = JSON.parse(await rotateSigningKeys(older, { now: new Date(), retireAfterMs: 60_000 }));
const other: SigningKeys = JSON.parse(await createSigningKeys());
const of = (keys: SigningKeys, takesSecret = true, change = {}, key = 'k') =>
  fingerprintsOf({ takesSecret }, { input: { ...input, ...change }, key }, () => keys);

describe('the fingerprint of a request', () => {
  it('the fingerprint of a request is the same whatever the order of its members', () => {
    const { name, password } = input.body;
    expect(of(older, false, { body: { password, name } })).toEqual(of(older, false));
  });

  it.each([
    ['path', { params: { id: 'b' } }],
    ['query', { query: { by: 'b' } }],
    ['body', { body: { name: 'Bob' } }],
  ])('the fingerprint of a request with another %s is another', (_, change) => {
    expect(of(older, false, change)).not.toEqual(of(older, false));
    expect(of(older, true, change)).not.toEqual(of(older, true));
  });

  it('the fingerprint of a request under another Idempotency-Key is another', () => {
    expect(of(older, false, {}, 'l')).not.toEqual(of(older, false));
  });

  it('the fingerprint of a request with a secret cannot be made without the keys of the app', () => {
    expect(of(other)).not.toEqual(of(older));
    expect(of(other, false)).toEqual(of(older, false));
    expect(() => of({ keys: [] })).toThrow('there is no key to hash a secret with');
  });

  it('a request with a secret is known by the keys before the newest one, too', () => {
    expect(of(rotated)).toHaveLength(2);
    expect(of(rotated)[1]).toBe(of(older)[0]);
  });
});
