import { timingSafeEqual } from 'node:crypto';
import { keyedHash } from '../../../shared/security/keyed-hash.ts';
import { type SigningKeys, trustedKeys } from '../../../shared/security/signing-keys.ts';

/** Whose device it is. A token of before the last change of the password is worth nothing. */
export interface DeviceOwner {
  readonly tenant: string;
  readonly userId: string;
  readonly passwordChangedAt: string | undefined;
}

interface GivenDevice extends DeviceOwner {
  /** The session that it was given out with. */
  readonly sessionId: string;
  readonly expiresAt: Date;
}

/** The longest that is looked at. */
export const longestDeviceToken = 200;
const pattern = /^([\w-]{1,64})\.(\d{1,12})\.([0-9a-f]{64})$/;

/**
 * Proves that its holder has given the password, or held the session of somebody who had: nothing else does. The `User-Agent`
 * does not, since a stranger can send the same. It gives no access, and nothing is stored of it: it is an HMAC under the keys that
 * sign tokens, and ends with the key, with its time or with the password.
 */
export function writeDeviceToken(
  { sessionId, expiresAt, ...owner }: GivenDevice,
  { keys: [key] }: SigningKeys,
): string {
  if (key === undefined) throw new Error('there is no key to sign with');
  const expires = String(Math.floor(expiresAt.getTime() / 1_000));
  return [sessionId, expires, macOf(key, owner, sessionId, expires)].join('.');
}

/** The id of the device that the token is of; `undefined` where it is none of this owner's, or no longer. */
export function knownDevice(token: string, owner: DeviceOwner, keys: SigningKeys, now: Date): string | undefined {
  const [, sessionId, expires, mac] = pattern.exec(token) ?? [];
  if (sessionId === undefined || expires === undefined || mac === undefined) return undefined;
  if (Number(expires) * 1_000 <= now.getTime()) return undefined;
  const isGood = trustedKeys(keys, now).some((key) =>
    timingSafeEqual(Buffer.from(macOf(key, owner, sessionId, expires)), Buffer.from(mac)),
  );
  return isGood ? sessionId : undefined;
}

function macOf(
  key: SigningKeys['keys'][number],
  { tenant, userId, passwordChangedAt = '' }: DeviceOwner,
  sessionId: string,
  expires: string,
): string {
  return keyedHash(key, 'device-token', [tenant, userId, passwordChangedAt, sessionId, expires]);
}
