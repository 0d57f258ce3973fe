import { createHash, timingSafeEqual } from 'node:crypto';
import type { Broker } from '../../broker.ts';
import { ErrorCode, type Outcome, success } from '../../protocol/error-code.ts';
import { defineApi, type Session } from '../api.ts';

const nothing = Buffer.alloc(0);

interface Response extends Outcome {
  /** How long the client may go on before it has to authenticate anew; 0 for ever. */
  readonly lifetimeMs: number;
}

const refused = (code: number, message: string): Response => ({ code, message, lifetimeMs: 0 });

/**
 * SaslAuthenticate: user and password by SASL PLAIN (RFC 4616), or a token by OAUTHBEARER (RFC 7628). After a wrong one the
 * connection is closed.
 */
export const saslAuthenticate = defineApi<{ readonly token: Buffer }, Response>({
  key: 36,
  name: 'SaslAuthenticate',
  minVersion: 0,
  maxVersion: 1,
  read: (reader) => ({ token: reader.bytes() }),
  async serve({ token }, { broker, session }) {
    if (broker.users === undefined || session.mechanism === undefined) return outOfPlace();
    if (session.mechanism === 'OAUTHBEARER') return await authenticateByToken(token, broker, session);
    if (session.authenticated) return outOfPlace();
    session.authenticated = isKnown(token, broker.users);
    if (session.authenticated) return { ...success, lifetimeMs: 0 };
    return refused(ErrorCode.SASL_AUTHENTICATION_FAILED, 'Authentication failed: Invalid username or password');
  },
  refuse: (_, code) => ({ code, message: null, lifetimeMs: 0 }),
  write(writer, { code, message, lifetimeMs }, { version }) {
    writer.int16(code).string(message).bytes(nothing);
    if (version >= 1) writer.int64(lifetimeMs);
  },
  ending: (_, { code }) => (code === ErrorCode.NONE ? 'answer' : 'answer-and-close'),
});

function outOfPlace(): Response {
  return refused(
    ErrorCode.ILLEGAL_SASL_STATE,
    'SaslAuthenticate request received where no authentication is under way',
  );
}

/** The message is `n,,` and `auth=Bearer …` between SOH characters. */
async function authenticateByToken(message: Buffer, { identities }: Broker, session: Session): Promise<Response> {
  const scheme = 'auth=Bearer ';
  const field = message
    .toString('utf8')
    .split('\u0001')
    .find((text) => text.startsWith(scheme));
  const identity = await identities?.identityIn(field?.slice(scheme.length) ?? '');
  session.authenticated = identity !== undefined;
  if (identity === undefined)
    return refused(ErrorCode.SASL_AUTHENTICATION_FAILED, 'Authentication failed: invalid or expired token');
  session.expireAt(identity.expiresAt);
  return { ...success, lifetimeMs: identity.expiresAt - Date.now() };
}

/** The token is `authorization id NUL user NUL password`; the first may be left empty and must else be the user. */
function isKnown(token: Buffer, users: ReadonlyMap<string, string>): boolean {
  const [authorizationId, user = '', password = '', ...rest] = token.toString('utf8').split('\0');
  const expected = users.get(user);
  if (expected === undefined || rest.length > 0) return false;
  return (authorizationId === '' || authorizationId === user) && timingSafeEqual(digest(password), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
