import { currentHash } from './keyed-hash.ts';
import type { Principal } from './principal.ts';
import type { SigningKeys } from './signing-keys.ts';

/**
 * Who does something, as an event may say it: one of our users by their id. Whoever an outside issuer vouches for may be known
 * there by their address; so they are a keyed hash behind the issuer's name, and another one once the keys were rotated.
 */
export function actorOf({ sub }: Pick<Principal, 'sub'>, signingKeys: () => SigningKeys): string {
  const end = sub.indexOf(':');
  return end < 0 ? sub : `${sub.slice(0, end)}:${currentHash(signingKeys(), 'actor', [sub])}`;
}
