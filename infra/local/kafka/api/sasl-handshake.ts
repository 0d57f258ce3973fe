import { ErrorCode } from '../protocol/error-code.ts';
import { defineApi } from './api.ts';

const MECHANISM = 'PLAIN';

/** SaslHandshake: which mechanism the client wants. There is one. Answers with an error code. */
export const saslHandshake = defineApi<{ readonly mechanism: string }, number>({
  key: 17,
  name: 'SaslHandshake',
  minVersion: 1,
  maxVersion: 1,
  read: (reader) => ({ mechanism: reader.string() }),
  serve({ mechanism }, { broker, session }) {
    if (broker.users === undefined || session.authenticated) return ErrorCode.ILLEGAL_SASL_STATE;
    if (mechanism !== MECHANISM) return ErrorCode.UNSUPPORTED_SASL_MECHANISM;
    session.mechanism = mechanism;
    return ErrorCode.NONE;
  },
  refuse: (_, code) => code,
  write(writer, code) {
    writer.int16(code).array([MECHANISM], (_, name) => writer.string(name));
  },
  ending: (_, code) => (code === ErrorCode.UNSUPPORTED_SASL_MECHANISM ? 'answer-and-close' : 'answer'),
});
