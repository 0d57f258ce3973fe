import { createHash, timingSafeEqual } from 'node:crypto';
import { DONE, ErrorCode, type Outcome } from '../protocol/error-code.ts';
import { defineApi } from './api.ts';

const NOTHING = Buffer.alloc(0);

/** SaslAuthenticate: user and password by SASL PLAIN (RFC 4616). After a wrong one the connection is closed. */
export const saslAuthenticate = defineApi<{ readonly token: Buffer }, Outcome>({
  key: 36,
  name: 'SaslAuthenticate',
  minVersion: 0,
  maxVersion: 1,
  read: (reader) => ({ token: reader.bytes() }),
  serve({ token }, { broker, session }) {
    if (broker.users === undefined || session.authenticated || session.mechanism === undefined) {
      const message = 'SaslAuthenticate request received where no authentication is under way';
      return { code: ErrorCode.ILLEGAL_SASL_STATE, message };
    }
    session.authenticated = isKnown(token, broker.users);
    if (session.authenticated) return DONE;
    return {
      code: ErrorCode.SASL_AUTHENTICATION_FAILED,
      message: 'Authentication failed: Invalid username or password',
    };
  },
  refuse: (_, code) => ({ code, message: null }),
  write(writer, { code, message }, { version }) {
    writer.int16(code).string(message).bytes(NOTHING);
    if (version >= 1) writer.int64(0); // the session does not end by itself
  },
  ending: (_, { code }) => (code === ErrorCode.NONE ? 'answer' : 'answer-and-close'),
});

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
