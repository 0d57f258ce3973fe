import { keyedHash } from '../../../shared/security/keyed-hash.ts';
import type { SigningKeys } from '../../../shared/security/signing-keys.ts';
import { type DeviceOwner, knownDevice } from './device-token.ts';
import type { Guesser } from './guesses.ts';

interface Client {
  readonly address: string;
  /** `undefined` where clients are not told apart: then all of them are one. */
  readonly network: string | undefined;
}

/** A stranger, by where they call from. It is stored as an HMAC, of use for nothing but to be compared. */
export function clientGuesser({ address, network = 'unknown' }: Client, { keys: [key] }: SigningKeys): Guesser {
  if (key === undefined) throw new Error('there is no key to hash with');
  return { among: 'clients', id: keyedHash(key, 'client', [address, network]).slice(0, 32) };
}

interface LoggingIn extends Client {
  readonly tenant: string;
  readonly deviceToken: string | undefined;
  readonly keys: SigningKeys;
  readonly now: Date;
}

/** Who logs in: a device that the owner of the address is known by, or a stranger. */
export function loginGuesser({ tenant, deviceToken = '', keys, now, ...client }: LoggingIn) {
  return (owner: Omit<DeviceOwner, 'tenant'>): Guesser => {
    const device = knownDevice(deviceToken, { tenant, ...owner }, keys, now);
    return device === undefined ? clientGuesser(client, keys) : { among: 'devices', id: device };
  };
}
