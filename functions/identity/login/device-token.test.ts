import { describe, expect, it } from 'vitest';
import { createSigningKeys, rotateSigningKeys, type SigningKeys } from '../../../shared/security/signing-keys.ts';
import { type DeviceOwner, knownDevice, writeDeviceToken } from './device-token.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const later = new Date('2026-11-23T10:00:01.000Z');
const expiresAt = new Date('2027-01-01T00:00:00.000Z');
const owner: DeviceOwner = { tenant: 'main', userId: 'u1', passwordChangedAt: undefined };
const keySet = async (): Promise<SigningKeys> => JSON.parse(await createSigningKeys());

describe('a device token', () => {
  it('a device token names its device, and is told apart from a forged one', async () => {
    const keys = await keySet();
    const token = writeDeviceToken({ ...owner, sessionId: 's1', expiresAt }, keys);
    expect(knownDevice(token, owner, keys, now)).toBe('s1');
    const forged = [token.replace('s1', 's2'), token.replace(/\.\d+\./, '.9999999999.'), `${token}0`, 'x', 's1.1.f'];
    for (const text of forged) expect(knownDevice(text, owner, keys, now)).toBeUndefined();
    expect(knownDevice(token, owner, await keySet(), now)).toBeUndefined();
  });

  it.each<[string, Partial<DeviceOwner>]>([
    ['another user', { userId: 'u2' }],
    ['another tenant', { tenant: 'other' }],
    ['a password that was changed since', { passwordChangedAt: '2026-11-22T11:00:00.000Z' }],
  ])('a device token proves nothing to %s', async (_, change) => {
    const keys = await keySet();
    const token = writeDeviceToken({ ...owner, sessionId: 's1', expiresAt }, keys);
    expect(knownDevice(token, { ...owner, ...change }, keys, now)).toBeUndefined();
  });

  it('a device token ends at its time, and with the key that it was made by', async () => {
    const keys = await keySet();
    const token = writeDeviceToken({ ...owner, sessionId: 's1', expiresAt }, keys);
    expect(knownDevice(token, owner, keys, expiresAt)).toBeUndefined();
    const rotated: SigningKeys = JSON.parse(await rotateSigningKeys(keys, { now, retireAfterMs: 86_400_000 }));
    expect(knownDevice(token, owner, rotated, now)).toBe('s1');
    expect(knownDevice(token, owner, rotated, later)).toBeUndefined();
  });
});
