import type { LinkPurpose } from '../../../shared/lookups/account-link.ts';
import { keyedHash } from '../../../shared/security/keyed-hash.ts';
import type { PrivateKey, SigningKeys } from '../../../shared/security/signing-keys.ts';
import { addressKey } from '../address/email-address.ts';

/** A link that is asked for: for what, to which address, by which request. */
export interface LinkRequest {
  readonly purpose: LinkPurpose;
  readonly address: string;
  readonly requestId: string;
}

/**
 * The secret of a link: an HMAC of what it was asked for by, under the keys that sign tokens. So whoever has the key can make it again while
 * the mail is sent, and until then it is nowhere. 256 bits, in base64url.
 */
export function secretOf({ purpose, address, requestId }: LinkRequest, key: Pick<PrivateKey, 'd'>): string {
  const hex = keyedHash(key, purpose, [addressKey(address), requestId]);
  return Buffer.from(hex, 'hex').toString('base64url');
}

/** The same under the key that signs now. @throws Error where there is no key. */
export function currentSecretOf(request: LinkRequest, { keys: [key] }: SigningKeys): string {
  if (key === undefined) throw new Error('there is no key to make a link with');
  return secretOf(request, key);
}

/** What a link carries. */
export interface MailedToken {
  readonly userId: string;
  readonly secret: string;
}

/** The longest that is looked at. */
export const longestMailedToken = 200;
const pattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/;

/** The token as a mail has it; it is not for its reader to look into. */
export function writeMailedToken({ userId, secret }: MailedToken): string {
  return `${userId}.${secret}`;
}

/** The token that somebody sends; `undefined` where it is none of ours. */
export function readMailedToken(text: string): MailedToken | undefined {
  const [, userId, secret] = pattern.exec(text) ?? [];
  return userId === undefined || secret === undefined ? undefined : { userId, secret };
}
