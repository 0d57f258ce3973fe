import type { KafkaSettings } from '../../settings/bus-settings.ts';

/**
 * Why the bus cannot be used:
 * `unreachable`, nobody answers;
 * `closed`, somebody does, and ends the connection: it goes away just now, or speaks another protocol;
 * `certificate`, the broker's certificate is not one that we trust;
 * `credentials`, the broker does not believe who we are;
 * `rights`, it does, and we may not do this;
 * `other`, anything else.
 */
export type BusTrouble = 'unreachable' | 'closed' | 'certificate' | 'credentials' | 'rights' | 'other';

/** The bus cannot be used; the message is one line that says what to change. */
export class BusUnusableError extends Error {
  override readonly name = 'BusUnusableError';
}

/** What an error of kafkajs, or of what is below it, is about. */
export function busTroubleOf(error: unknown): BusTrouble {
  const { name, code = '', type = '' } = rootOf(error);
  if (code in certificateFaults) return 'certificate';
  if (name === 'KafkaJSSASLAuthenticationError' || type === 'UNSUPPORTED_SASL_MECHANISM') return 'credentials';
  if (type.endsWith('_AUTHORIZATION_FAILED')) return 'rights';
  if (name === 'KafkaJSConnectionClosedError' || type === 'ILLEGAL_SASL_STATE') return 'closed';
  if (name === 'KafkaJSConnectionError') return code === '' || silentCodes.includes(code) ? 'unreachable' : 'closed';
  return ['KafkaJSBrokerNotFound', 'KafkaJSRequestTimeoutError'].includes(name) ? 'unreachable' : 'other';
}

/** An error of kafkajs in a line for whoever runs the program. */
export function busUnusable(error: unknown, settings: KafkaSettings): BusUnusableError {
  return new BusUnusableError(advice[busTroubleOf(error)](rootOf(error), settings), { cause: error });
}

/** Nobody is there, or there is no way. Source: errno(3), getaddrinfo(3) */
const silentCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

const unknownAuthority = 'comes from an authority that is not known here';

/** Source: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateFaults: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed and not the one in KAFKA_CA_FILE',
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_SIGNATURE_FAILURE: 'is not signed by the authority in KAFKA_CA_FILE',
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host',
};

type Advice = (root: Root, settings: KafkaSettings) => string;

const where = ({ broker }: Root, { KAFKA_BROKERS }: KafkaSettings) => `Kafka at ${broker ?? KAFKA_BROKERS.join(', ')}`;

const advice: Readonly<Record<BusTrouble, Advice>> = {
  unreachable: (root, settings) =>
    `${where(root, settings)} does not answer (${root.message}): start it, or set KAFKA_BROKERS to where it is.`,
  closed: (root, settings) =>
    `${where(root, settings)} closes the connection (${root.message}): set KAFKA_SECURITY_PROTOCOL, now ${settings.KAFKA_SECURITY_PROTOCOL}, to what it speaks there.`,
  certificate: (root, settings) =>
    `The certificate of ${where(root, settings)} ${certificateFaults[root.code ?? '']}: renew it, or set KAFKA_CA_FILE to the PEM file of an authority to trust (for trying out only, KAFKA_CERTIFICATE_CHECK=off takes any).`,
  credentials: (root, settings) =>
    settings.KAFKA_SASL_MECHANISM === 'OAUTHBEARER'
      ? `${where(root, settings)} gets no token of ours that it takes (${root.message}): give our identity the right to use it, or set KAFKA_OAUTH_TOKEN_URL, KAFKA_OAUTH_CLIENT_ID and KAFKA_OAUTH_CLIENT_SECRET.`
      : `${where(root, settings)} refuses the user ${settings.KAFKA_SASL_USERNAME} (${root.message}): set KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_SASL_MECHANISM, now ${settings.KAFKA_SASL_MECHANISM}.`,
  rights: (root, settings) =>
    `${where(root, settings)} does not let the user ${settings.KAFKA_SASL_USERNAME} do this (${root.message}): give that user the rights that docs/kafka.md lists.`,
  other: (root, settings) => `${where(root, settings)} cannot be used: ${root.message}`,
};

interface Root {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly type?: string;
  readonly broker?: string;
}

/** kafkajs wraps the last error of several tries. What it has not made speaks for itself. */
function rootOf(error: unknown): Root {
  if (!(error instanceof Error)) return { name: '', message: String(error) };
  const isWrapper = error instanceof BusUnusableError || error.name.startsWith('KafkaJS');
  if (isWrapper && error.cause instanceof Error) return rootOf(error.cause);
  const text = (property: string) => {
    const value: unknown = Reflect.get(error, property);
    return typeof value === 'string' ? { [property]: value } : {};
  };
  return { name: error.name, message: error.message, ...text('code'), ...text('type'), ...text('broker') };
}
