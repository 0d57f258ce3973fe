import { createHmac, timingSafeEqual } from 'node:crypto';
import { AmqpError } from './amqp-error.ts';

/** A shared access policy: who has its key may do everything. */
export interface AccessPolicy {
  readonly name: string;
  readonly key: string;
}

/** Until when a client may use what. */
export interface Claim {
  /** `hub`, or a path below it. */
  readonly path: string;
  readonly expiresAt: number;
}

/**
 * The claim in a shared access signature: `SharedAccessSignature sr=…&sig=…&se=…&skn=…`
 * (learn.microsoft.com/azure/event-hubs/authenticate-shared-access-signature).
 *
 * @throws AmqpError when it is none, is not signed by the policy's key, or is no longer valid.
 */
export function claimOfSignature(token: string, policy: AccessPolicy, now: number): Claim {
  const fields = new URLSearchParams(token.replace(/^SharedAccessSignature /, ''));
  const [resource, expiry, signature] = ['sr', 'se', 'sig'].map((name) => fields.get(name) ?? '');
  // As it is written, and not as it would be here: the SDKs encode in ways of their own.
  const signed = `${/\bsr=([^&]*)/.exec(token)?.[1]}\n${expiry}`;
  const expected = createHmac('sha256', policy.key).update(signed).digest();
  // URLSearchParams reads a plus sign as a blank.
  const given = Buffer.from((signature ?? '').replaceAll(' ', '+'), 'base64');
  const isOurs =
    fields.get('skn') === policy.name && given.length === expected.length && timingSafeEqual(given, expected);
  if (!isOurs) throw new AmqpError('unauthorized', 'InvalidSignature: The token has an invalid signature.');
  return checked({ path: pathOf(resource ?? ''), expiresAt: Number(expiry) * 1_000 }, now);
}

/** @throws AmqpError when the claim is over. */
export function checked(claim: Claim, now: number): Claim {
  if (claim.expiresAt <= now) throw new AmqpError('unauthorized', 'ExpiredToken: The token is expired.');
  return claim;
}

/** `hub/Partitions/1` of `sb://host:port/hub/Partitions/1`. */
export function pathOf(audience: string): string {
  return audience.replace(/^\w+:\/\/[^/]*\//, '').replace(/\/$/, '');
}
