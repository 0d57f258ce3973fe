import { z } from 'zod';
import { Duration } from './duration.ts';
import { longestAccessTokenMs, rememberedSeconds } from './retention.ts';
import { defaultPasswordCost, PasswordCost } from './security/password-cost.ts';
import { PasswordPolicy } from './security/password-policy.ts';
import { TrustedIssuers } from './security/trusted-issuers.ts';

const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .meta({ format: 'list' });

/** An origin as browsers write it (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin). */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

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
  KAFKA_SASL_PASSWORD: z.string().default('').describe('Password; for Event Hubs the connection string'),
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

/**
 * Event Hubs by its own protocol. The mixed names are the host's, for a connection called EVENT_HUBS and for its storage:
 * what the triggers need is written down once.
 */
const EventHubsSettings = z.object({
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

/** What the environment may hold, as it is written there; `docs/configuration.md` is made from it. */
export const Settings = z.object({
  ENABLED_SERVICES: list.prefault('').describe('Services that this app runs, separated by commas; empty runs all'),

  ...KafkaSettings.shape,
  ...EventHubsSettings.shape,
  COSMOS_ENDPOINT: z.url().describe('URL of the Cosmos DB account'),
  COSMOS_KEY: z.string().min(1).describe('Key of the Cosmos DB account'),
  COSMOS_DATABASE: z.string().min(1).default('lagerhaus').describe('Database that holds the containers'),

  SIGNING_KEYS_FILE: z.string().min(1).describe('JSON Web Key Set (RFC 7517) with the private keys that sign tokens'),
  TOKEN_ISSUER: z.string().min(1).default('lagerhaus').describe('Issuer (iss) of the tokens'),
  TOKEN_AUDIENCE: z.string().min(1).default('lagerhaus').describe('Audience (aud) of the tokens'),

  TRUSTED_ISSUERS: TrustedIssuers.prefault('[]').describe(
    'Outside OpenID Connect issuers whose tokens are accepted too, such as Entra ID: see [http.md](http.md#tokens-of-others)',
  ),

  CORS_ORIGINS: list
    .prefault('')
    .refine((origins) => origins.every((origin) => origin === '*' || isOrigin(origin)), {
      error: 'names origins such as https://shop.example.com, without a path, or *',
    })
    .describe('Origins whose pages may call the API from a browser, separated by commas; * is any; empty is none'),
  REQUEST_TIMEOUT: Duration.prefault('PT30S').describe(
    'How long a request may take before it is answered that it is open whether it was done',
  ),
  RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(0)
    .default(50)
    .describe('Requests a second that one caller may send to one instance in the long run; 0 is no limit'),
  RATE_LIMIT_BURST: z.coerce
    .number()
    .int()
    .min(1)
    .default(200)
    .describe('Requests that one caller may send to one instance at once, after a pause'),
  REQUEST_LOG: z.enum(['all', 'problems', 'none']).default('all').describe('Which requests get a line in the log'),

  ACCESS_TOKEN_LIFETIME: Duration.prefault('PT15M')
    .refine((lifetime) => lifetime >= 60_000 && lifetime <= longestAccessTokenMs, {
      error: 'must be from PT1M to PT1H: nothing ends an access token before its time',
    })
    .describe('How long an access token is good for'),
  REFRESH_TOKEN_LIFETIME: Duration.prefault('P30D').describe('How long a session lasts that is not used'),
  PASSWORD_POLICY: PasswordPolicy.prefault('length:8,upper,lower,digit').describe(
    'What a new password has to have: its length, then any of upper, lower, digit, symbol',
  ),
  PASSWORD_COST: PasswordCost.prefault(defaultPasswordCost).describe(
    'What Argon2id takes to hash a password: MiB of memory, passes over it, lanes side by side',
  ),
  ADMIN_EMAILS: list
    .prefault('')
    .describe('Addresses that become admin by registering, separated by commas; addresses are not verified'),

  SWEEP_SCHEDULE: z
    .string()
    .min(1)
    .default('*/5 * * * * *')
    .describe('NCRONTAB schedule of the timer that visits what is due'),
  TOPIC_PARTITIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(32)
    .default(4)
    .describe('Partitions of the topics that provision makes; 32 on Azure'),
  EVENT_RETENTION: Duration.prefault('P7D')
    .refine((retention) => retention < rememberedSeconds * 1_000, {
      error: `must be shorter than P${rememberedSeconds / 86_400}D, as long as it is remembered that an event was handled`,
    })
    .describe('How long a topic keeps events'),
  IDEMPOTENCY_RETENTION: Duration.prefault('P1D').describe('How long the answer to an Idempotency-Key is kept'),
  BATCH_RETRY_WINDOW: Duration.prefault('PT2M').describe(
    'How long a batch of events is retried in place before the host delivers it again',
  ),

  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url()
    .optional()
    .describe('URL of an OpenTelemetry collector (OTLP over HTTP) that takes traces; without it, none are made'),
  OTEL_SERVICE_NAME: z.string().min(1).default('lagerhaus').describe('Name of this app in traces'),

  DEAD_LETTERS_ALERT: z.coerce
    .number()
    .int()
    .min(0)
    .default(100)
    .describe('More dead letters of today than these, waiting for a decision, make health degraded'),

  LAG_ALERT: z.coerce
    .number()
    .int()
    .min(0)
    .default(10_000)
    .describe('More events than these, waiting for one consumer to read them, make the health of its service degraded'),

  ORDER_STOCK_CHECK: z
    .enum(['lenient', 'strict'])
    .default('lenient')
    .describe('strict refuses an order at once that is known to be unfillable; lenient leaves it to the reservation'),
  ORDER_TIMEOUT: Duration.prefault('PT15M').describe('How long an order may stay pending before it is cancelled'),
});

/** Everything that the environment decides. Durations are in milliseconds. */
export type Settings = z.output<typeof Settings>;
export type KafkaSettings = z.output<typeof KafkaSettings>;

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment is wrong; the message lists every wrong or missing setting, a line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from an environment (by default the process's own; nothing else reads `process.env`).
 *
 * @throws SettingsError that names every wrong or missing setting at once.
 */
export function readSettings(environment: Environment = process.env): Settings {
  return read(Settings.superRefine(refuseHalfABus), environment);
}

/**
 * Event Hubs needs to know where it is, and where its trigger keeps its checkpoints; the Kafka trigger cannot use an identity
 * (https://learn.microsoft.com/azure/azure-functions/functions-bindings-kafka-trigger).
 */
function refuseHalfABus(settings: Settings, { addIssue }: z.RefinementCtx): void {
  if (settings.EVENT_TRIGGER !== 'eventhubs') {
    if (settings.KAFKA_SASL_MECHANISM !== 'OAUTHBEARER' || settings.KAFKA_SASL_PASSWORD !== '') return;
    const message =
      'is missing: OAUTHBEARER is for what we send, and the Kafka trigger cannot use an identity. Set it to a connection string that may only listen, or set EVENT_TRIGGER to eventhubs';
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

/** Reads only what a program needs to reach the bus. @throws SettingsError as `readSettings` does. */
export function readKafkaSettings(environment: Environment = process.env): KafkaSettings {
  return read(KafkaSettings, environment);
}

function read<Schema extends z.ZodObject>(schema: Schema, environment: Environment): z.output<Schema> {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message, code }) => {
    const name = String(path[0]);
    const missing = code === 'invalid_type' && present[name] === undefined;
    const where = path.slice(1).map((step) => `${String(step)}: `);
    return `  ${name}: ${missing ? `is missing (${descriptionOf(name)})` : `${where.join('')}${message}`}`;
  });
  throw new SettingsError(`These settings are wrong or missing:\n${lines.join('\n')}`);
}

function descriptionOf(name: string): string {
  const field = Object.entries(Settings.shape).find(([key]) => key === name)?.[1];
  return field?.description ?? 'no such setting';
}
