import { jwtVerify, SignJWT } from 'jose';

/** What a token says, as far as the embedded servers look at it. */
export interface Identity {
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Tokens as Microsoft Entra ID gives them to a managed identity, signed with a secret that the token endpoint and the servers
 * share.
 */
export class IdentityTokens {
  readonly #secret: Uint8Array;

  constructor(secret: string) {
    this.#secret = new TextEncoder().encode(secret);
  }

  issue(subject: string, audience: string, expiresAt: number): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(subject)
      .setAudience(audience)
      .setExpirationTime(Math.floor(expiresAt / 1_000))
      .sign(this.#secret);
  }

  /** Undefined for a token that is not ours, or no longer valid. */
  async identityIn(token: string): Promise<Identity | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.#secret);
      if (payload.sub === undefined || payload.exp === undefined) return undefined;
      return { subject: payload.sub, expiresAt: payload.exp * 1_000 };
    } catch {
      return undefined; // whatever is wrong with it, its bearer is a stranger
    }
  }
}
