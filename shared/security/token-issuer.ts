import type { Principal } from './principal.ts';
import type { WhyEnded } from './why-ended.ts';

/** The token is forged, expired, ended, for somebody else or no token at all. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError';
  /** Whose it was, where it is theirs and counts no longer. */
  readonly holder: Principal | undefined;
  /** It says that somebody has issued it who has not, as far as we can tell. */
  readonly isForged: boolean;

  constructor(message: string, more: { readonly holder?: Principal; readonly isForged?: boolean } = {}) {
    super(message);
    this.holder = more.holder;
    this.isForged = more.isForged ?? false;
  }
}

/** The keys that could tell whether the token is good cannot be had at the moment. */
export class KeysUnreachableError extends Error {
  override readonly name = 'KeysUnreachableError';
}

/** A token that was found good. */
export interface VerifiedToken {
  readonly principal: Principal;
  /** In milliseconds since 1970: until then it need not be verified again, as long as its key is trusted. */
  readonly expiresAt: number;
  readonly isKeyTrusted: () => boolean;
  /** Absent where nobody here can end it. */
  readonly whyEnded?: WhyEnded;
}

/** Somebody whose tokens are believed. */
export interface TokenIssuer {
  /** The claim `iss` of the tokens. */
  readonly issuer: string;
  /** @throws InvalidTokenError, KeysUnreachableError */
  readonly verify: (token: string, now: Date) => Promise<VerifiedToken>;
}
