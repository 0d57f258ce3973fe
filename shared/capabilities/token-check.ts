import type { Reader } from '../persistence/reading/reader.ts';
import type { Principal } from '../security/principal.ts';

export interface TokenCheck {
  readonly word: 'token-check';
  /** The capability's name. */
  readonly name: string;
  /**
   * Why a token of this system that has not expired counts no longer, in words for its holder, by what the service has stored;
   * `undefined` where the service knows nothing against it.
   */
  readonly whyEnded: (holder: Principal, reader: Reader) => Promise<string | undefined>;
}

/**
 * A capability that ends access tokens before their time, on every route of every service, in whichever app. It is asked for each
 * token every half minute while the token is used, and anew for each request to a route that is for admins alone. Tokens of outside
 * issuers are not ours to end.
 *
 * @example
 * export const checkToken = tokenCheck({
 *   name: 'check-token',
 *   async whyEnded({ sub: id }, reader) {
 *     const user = await reader.read(User, { boundary: userBoundary(id), id });
 *     return user?.state.status === 'deactivated' ? 'The account of this token is deactivated.' : undefined;
 *   },
 * });
 */
export function tokenCheck(check: Omit<TokenCheck, 'word'>): TokenCheck {
  return { word: 'token-check', ...check };
}
