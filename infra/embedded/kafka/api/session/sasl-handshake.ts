import type { Broker } from '../../broker.ts';
import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi, type Session } from '../api.ts';

interface Response {
  readonly code: number;
  readonly mechanisms: readonly string[];
}

/**
 * SaslHandshake: which mechanism the client wants. With a token it may authenticate anew (KIP-368). Version 0 comes from before
 * there was SaslAuthenticate: what follows it are bare tokens. librdkafka before 2.11 asks no broker that does not offer it.
 */
export const saslHandshake = defineApi<{ readonly mechanism: string }, Response>({
  key: 17,
  name: 'SaslHandshake',
  minVersion: 0,
  maxVersion: 1,
  read: (reader) => ({ mechanism: reader.string() }),
  serve({ mechanism }, { broker, session, version }) {
    const mechanisms = mechanismsOf(broker);
    const isBare = version === 0;
    if (broker.users === undefined || isSettled(session, isBare))
      return { code: ErrorCode.ILLEGAL_SASL_STATE, mechanisms };
    if (!mechanisms.includes(mechanism)) return { code: ErrorCode.UNSUPPORTED_SASL_MECHANISM, mechanisms };
    session.mechanism = mechanism;
    session.sendsBareTokens = isBare;
    return { code: ErrorCode.NONE, mechanisms };
  },
  refuse: (_, code) => ({ code, mechanisms: [] }),
  write(writer, { code, mechanisms }) {
    writer.int16(code).array(mechanisms, (_, name) => writer.string(name));
  },
  ending: (_, { code }) => (code === ErrorCode.UNSUPPORTED_SASL_MECHANISM ? 'answer-and-close' : 'answer'),
});

function mechanismsOf({ identities }: Broker): readonly string[] {
  return identities === undefined ? ['PLAIN'] : ['PLAIN', 'OAUTHBEARER'];
}

function isSettled({ authenticated, mechanism }: Session, isBare: boolean): boolean {
  return authenticated && (isBare || mechanism !== 'OAUTHBEARER');
}
