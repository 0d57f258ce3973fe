import path from 'node:path';
import { emulatorKey } from '../../embedded/cosmos/server.ts';
import type { Credentials } from '../credentials.ts';

export interface ContainerAccess {
  /** The ports of compose.yaml by their variables. */
  readonly ports: Readonly<Record<string, string>>;
  readonly credentials: Credentials;
  /** The authority of the broker's certificate. */
  readonly caFile: string;
  readonly signingKeysFile: string;
  /** Whether Microsoft's emulator is used in place of our Cosmos server. */
  readonly usesEmulator: boolean;
}

/**
 * The account of Azurite, the same everywhere and no secret.
 * Source: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite#http-connection-strings
 */
const azurite = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

/** The settings by which an app on this machine reaches the containers. */
export function containerSettings(access: ContainerAccess) {
  const { ports, credentials, caFile, signingKeysFile, usesEmulator } = access;
  const at = (port: string) => `127.0.0.1:${ports[port]}`;
  const storage = [
    `DefaultEndpointsProtocol=http;AccountName=${azurite.name};AccountKey=${azurite.key}`,
    ...Object.entries({ Blob: 'BLOB_PORT', Queue: 'QUEUE_PORT', Table: 'TABLE_PORT' }).map(
      ([kind, port]) => `${kind}Endpoint=http://${at(port)}/${azurite.name}`,
    ),
  ].join(';');
  return {
    KAFKA_BROKERS: at('KAFKA_PORT'),
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    KAFKA_SASL_MECHANISM: 'PLAIN',
    KAFKA_SASL_USERNAME: credentials.kafkaUser,
    KAFKA_SASL_PASSWORD: credentials.kafkaPassword,
    KAFKA_CA_FILE: path.resolve(caFile),
    COSMOS_ENDPOINT: `http://${at(usesEmulator ? 'COSMOS_EMULATOR_PORT' : 'COSMOS_PORT')}`,
    COSMOS_KEY: usesEmulator ? emulatorKey : credentials.cosmosKey,
    SIGNING_KEYS_FILE: path.resolve(signingKeysFile),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${at('OTLP_PORT')}`,
    AzureWebJobsStorage: storage,
    BLOBS_CONNECTION_STRING: storage,
    SMTP_PORT: `${ports.SMTP_PORT}`,
  };
}
