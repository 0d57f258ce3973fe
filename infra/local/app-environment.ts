import type { StackFile } from './stack-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Product settings that suit one machine. Whoever starts the stack may set them otherwise. */
const localDefaults = {
  TOKEN_ISSUER: 'lagerhaus',
  TOKEN_AUDIENCE: 'lagerhaus',
  // Everybody who can reach it may try out what they like.
  TENANTS: '*',
  ADMIN_EMAILS: '*:admin@example.com',
  SWEEP_SCHEDULE: '*/1 * * * * *',
  // Everybody on one machine is one caller, and may be a load generator.
  RATE_LIMIT: '0',
  AUTH_RATE_LIMIT: '0',
  // Nothing stands before the embedded host, which says itself who calls.
  TRUSTED_PROXIES: '0',
  PEER_ADDRESS_HEADER: 'x-peer-address',
  METRICS: 'loopback',
  MAIL_PROVIDER: 'file',
  SMS_PROVIDER: 'file',
  // A little more than the largest body that a route takes, 10 MiB.
  FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: String(11 * 1024 * 1024),
  // A killed process keeps its partitions until its session ends: on one machine nobody should wait half a minute.
  AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs: '6000',
  AzureFunctionsJobHost__extensions__eventHubs__partitionOwnershipExpirationInterval: '00:00:06',
  AzureFunctionsJobHost__extensions__eventHubs__loadBalancingUpdateInterval: '00:00:01',
};

/** The caller's environment over the local defaults: what the stack's own values are then laid over. */
export function withLocalDefaults(caller: Environment): Environment & typeof localDefaults {
  const given = Object.fromEntries(Object.entries(caller).filter(([, value]) => value !== undefined && value !== ''));
  return { ...localDefaults, ...given };
}

/** The environment of the app and of provisioning: the servers of the stack are the ones to use. */
export function appEnvironment(base: Environment, stack: Omit<StackFile, 'url' | 'pid'>, port: number): Environment {
  const { kafka, eventHubs, cosmos, blobs, tokens, mailFolder, smsFolder } = stack;
  return {
    ...base,
    PORT: String(port),
    KAFKA_BROKERS: kafka.brokers,
    KAFKA_SECURITY_PROTOCOL: kafka.securityProtocol,
    // By a token, where the embedded broker takes them: passwords are what it takes beside.
    KAFKA_SASL_MECHANISM: base.KAFKA_SASL_MECHANISM === 'OAUTHBEARER' ? 'OAUTHBEARER' : kafka.saslMechanism,
    KAFKA_SASL_USERNAME: kafka.user,
    KAFKA_SASL_PASSWORD: kafka.password,
    KAFKA_CA_FILE: kafka.caFile,
    ...(eventHubs === undefined
      ? {}
      : { EVENT_HUBS: eventHubs.connectionString, AzureWebJobsStorage: eventHubs.storageConnectionString }),
    COSMOS_ENDPOINT: cosmos.endpoint,
    COSMOS_KEY: cosmos.key,
    COSMOS_DATABASE: cosmos.database,
    BLOBS_CONNECTION_STRING: blobs.connectionString,
    SIGNING_KEYS_FILE: tokens.keysFile,
    ...(mailFolder === undefined ? {} : { MAIL_FOLDER: mailFolder }),
    ...(smsFolder === undefined ? {} : { SMS_FOLDER: smsFolder }),
  };
}
