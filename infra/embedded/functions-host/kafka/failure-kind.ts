/** Why a broker cannot be consumed from, as far as it is worth another line in the log. */
export type FailureKind = 'certificate' | 'credentials' | 'rights' | 'unreachable';

/** A broker on its way down or up fails in a dozen ways that all mean `unreachable`. @param error of kafkajs, which wraps the one that led to it. */
export function failureKindOf(error: unknown): FailureKind {
  if (!(error instanceof Error)) return 'unreachable';
  const { name } = error;
  const [code, type] = [textIn(error, 'code'), textIn(error, 'type')];
  if (certificateCode.test(code)) return 'certificate';
  if (name === 'KafkaJSSASLAuthenticationError' || type === 'UNSUPPORTED_SASL_MECHANISM') return 'credentials';
  if (type.endsWith('_AUTHORIZATION_FAILED')) return 'rights';
  return failureKindOf(error.cause);
}

/** Source: https://nodejs.org/api/tls.html#x509-certificate-error-codes, and ERR_TLS_CERT_ALTNAME_INVALID */
const certificateCode = /CERT|UNABLE_TO_VERIFY/;

function textIn(error: Error, property: string): string {
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : '';
}
