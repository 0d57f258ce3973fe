import { readFileSync } from 'node:fs';
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { systemClock } from '../../clock.ts';
import { azureCredential, type Credential } from '../../security/azure-credential.ts';
import type { KafkaSettings } from '../../settings/bus-settings.ts';
import { SettingsError } from '../../settings/settings.ts';
import { errorText } from '../../telemetry/log.ts';
import { clientCredentials } from './client-credentials.ts';

/**
 * A kafkajs client for the brokers of the settings.
 *
 * @throws SettingsError when the file of the certificate authority cannot be read.
 * Source of the time-outs: https://learn.microsoft.com/azure/event-hubs/apache-kafka-configurations
 */
export function connectKafka(settings: KafkaSettings, clientId: string): Kafka {
  return new Kafka({
    clientId,
    brokers: settings.KAFKA_BROKERS,
    connectionTimeout: 10_000,
    requestTimeout: 60_000,
    // By default kafkajs takes twenty seconds to say that nobody is there; who sends has a time-out of their own.
    retry: { retries: 1, initialRetryTime: 100 },
    logLevel: logLevel.NOTHING,
    ...encryptionOf(settings),
    ...identityOf(settings),
  });
}

function encryptionOf(settings: KafkaSettings): Pick<KafkaConfig, 'ssl'> {
  if (!settings.KAFKA_SECURITY_PROTOCOL.endsWith('SSL')) return {};
  const { KAFKA_CA_FILE, KAFKA_CERTIFICATE_CHECK } = settings;
  return {
    ssl: {
      ...(KAFKA_CA_FILE === undefined ? {} : { ca: readAuthority(KAFKA_CA_FILE) }),
      rejectUnauthorized: KAFKA_CERTIFICATE_CHECK === 'on',
    },
  };
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError(`KAFKA_CA_FILE cannot be read: ${errorText(error)}`, { cause: error });
  }
}

function identityOf(settings: KafkaSettings): Pick<KafkaConfig, 'sasl'> {
  if (!settings.KAFKA_SECURITY_PROTOCOL.startsWith('SASL')) return {};
  const user = { username: settings.KAFKA_SASL_USERNAME, password: settings.KAFKA_SASL_PASSWORD };
  switch (settings.KAFKA_SASL_MECHANISM) {
    case 'PLAIN':
      return { sasl: { mechanism: 'plain', ...user } };
    case 'SCRAM-SHA-256':
      return { sasl: { mechanism: 'scram-sha-256', ...user } };
    case 'SCRAM-SHA-512':
      return { sasl: { mechanism: 'scram-sha-512', ...user } };
    case 'OAUTHBEARER':
      return { sasl: { mechanism: 'oauthbearer', oauthBearerProvider: tokenProvider(settings) } };
  }
}

/** Asked for a token whenever a connection is made; the credential keeps one that is still good. */
function tokenProvider(settings: KafkaSettings): () => Promise<{ value: string }> {
  const credential = credentialOf(settings);
  const [host] = (settings.KAFKA_BROKERS[0] ?? '').split(':');
  const scope = `https://${host}/.default`;
  return async () => ({ value: (await credential.getToken(scope)).token });
}

function credentialOf(settings: KafkaSettings): Credential {
  const { KAFKA_OAUTH_TOKEN_URL: tokenUrl } = settings;
  if (tokenUrl === undefined) return azureCredential();
  const { KAFKA_OAUTH_CLIENT_ID: clientId, KAFKA_OAUTH_CLIENT_SECRET: clientSecret } = settings;
  return clientCredentials({ tokenUrl, clientId, clientSecret }, () => systemClock.now().getTime());
}
