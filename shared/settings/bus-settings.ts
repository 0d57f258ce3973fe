import { z } from 'zod';
import { list } from './list-setting.ts';

/** How to reach the bus: all that a program beside Lagerhaus needs. */
export const KafkaSettings = z.object({
  KAFKA_BROKERS: list
    .refine((brokers) => brokers.length > 0, { error: 'name at least one host:port' })
    .describe('Bootstrap brokers, host:port, separated by commas'),
  KAFKA_SECURITY_PROTOCOL: z
    .enum(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'])
    .default('SASL_SSL')
    .describe('How to reach the brokers'),
  KAFKA_SASL_MECHANISM: z
    .enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'])
    .default('PLAIN')
    .describe('How to prove who we are; for Event Hubs PLAIN, or OAUTHBEARER to use an identity'),
  KAFKA_SASL_USERNAME: z.string().default('$ConnectionString').describe('User; for Event Hubs $ConnectionString'),
  KAFKA_SASL_PASSWORD: z
    .string()
    .default('')
    .describe('Password, **required** with SASL where EVENT_TRIGGER is kafka; for Event Hubs the connection string'),
  KAFKA_OAUTH_TOKEN_URL: z
    .url()
    .optional()
    .describe(
      'Where OAUTHBEARER gets its tokens by client credentials; without it, by the identity that we have on Azure',
    ),
  KAFKA_OAUTH_CLIENT_ID: z.string().default('').describe('Client id for KAFKA_OAUTH_TOKEN_URL'),
  KAFKA_OAUTH_CLIENT_SECRET: z.string().default('').describe('Client secret for KAFKA_OAUTH_TOKEN_URL'),
  KAFKA_CA_FILE: z.string().optional().describe('PEM file of the certificate authority, where it is not a public one'),
  KAFKA_CERTIFICATE_CHECK: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'off takes any certificate, expired, self-signed or of another host: for trying out only; the Kafka trigger on Azure knows no such thing',
    ),
});

export type KafkaSettings = z.output<typeof KafkaSettings>;

/**
 * Event Hubs by its own protocol. The mixed names are the host's, for a connection called EVENT_HUBS and for its storage:
 * what the triggers need is written down once.
 */
export const EventHubsSettings = z.object({
  EVENT_TRIGGER: z
    .enum(['kafka', 'eventhubs'])
    .default('kafka')
    .describe('How events come and go: by the Kafka protocol, or by Event Hubs and its trigger'),
  EVENT_HUBS: z
    .string()
    .optional()
    .describe('Connection string of the Event Hubs namespace, where no identity is used'),
  EVENT_HUBS__fullyQualifiedNamespace: z
    .string()
    .optional()
    .describe('Host of the Event Hubs namespace, to be reached by identity'),
  AzureWebJobsStorage: z
    .string()
    .optional()
    .describe("Connection string of the host's storage account, which holds the checkpoints of the Event Hubs trigger"),
  AzureWebJobsStorage__blobServiceUri: z
    .url()
    .optional()
    .describe("Blob endpoint of the host's storage account, to be reached by identity"),
});
export type EventHubsSettings = z.output<typeof EventHubsSettings>;

/**
 * Event Hubs needs to know where it is, and where its trigger keeps its checkpoints; the Kafka trigger needs a password for
 * whatever asks who calls, and cannot use an identity
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-kafka-trigger).
 */
export function refuseHalfABus(settings: KafkaSettings & EventHubsSettings, { addIssue }: z.RefinementCtx): void {
  if (settings.EVENT_TRIGGER !== 'eventhubs') {
    const { KAFKA_SECURITY_PROTOCOL: protocol, KAFKA_SASL_MECHANISM: mechanism } = settings;
    const asksForPassword = protocol.startsWith('SASL') || mechanism === 'OAUTHBEARER';
    if (!asksForPassword || settings.KAFKA_SASL_PASSWORD !== '') return;
    const message =
      mechanism === 'OAUTHBEARER'
        ? 'is missing: OAUTHBEARER is for what we send, and the Kafka trigger cannot use an identity. Set it to a connection string that may only listen, or set EVENT_TRIGGER to eventhubs'
        : `is missing: with ${protocol} a password is asked for; for Event Hubs it is the connection string`;
    addIssue({ code: 'custom', path: ['KAFKA_SASL_PASSWORD'], message });
    return;
  }
  const needs = [
    ['EVENT_HUBS', 'EVENT_HUBS__fullyQualifiedNamespace'],
    ['AzureWebJobsStorage', 'AzureWebJobsStorage__blobServiceUri'],
  ] as const;
  for (const [secret, identity] of needs) {
    if (settings[secret] !== undefined || settings[identity] !== undefined) continue;
    const message = `EVENT_TRIGGER is eventhubs: set it, or ${identity} to use an identity`;
    addIssue({ code: 'custom', path: [secret], message });
  }
}
