import { z } from 'zod';
import { Duration } from './duration.ts';
import { rememberedSeconds } from './retention.ts';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const Settings = z.object({
  ENABLED_SERVICES: list.default([]).describe('Services that this app runs, separated by commas; empty runs all'),

  KAFKA_BROKERS: list
    .refine((brokers) => brokers.length > 0, { error: 'name at least one host:port' })
    .describe('Bootstrap brokers, host:port, separated by commas'),
  KAFKA_SECURITY_PROTOCOL: z
    .enum(['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'])
    .default('SASL_SSL')
    .describe('How to reach the brokers'),
  KAFKA_SASL_MECHANISM: z.enum(['PLAIN']).default('PLAIN').describe('How to prove who we are'),
  KAFKA_SASL_USERNAME: z.string().default('$ConnectionString').describe('User; for Event Hubs $ConnectionString'),
  KAFKA_SASL_PASSWORD: z.string().default('').describe('Password; for Event Hubs the connection string'),
  KAFKA_CA_FILE: z.string().optional().describe('PEM file of the certificate authority, where it is not a public one'),

  COSMOS_ENDPOINT: z.url().describe('URL of the Cosmos DB account'),
  COSMOS_KEY: z.string().min(1).describe('Key of the Cosmos DB account'),
  COSMOS_DATABASE: z.string().min(1).default('lagerhaus').describe('Database that holds the containers'),

  SIGNING_KEYS_FILE: z.string().min(1).describe('JSON Web Key Set (RFC 7517) with the private keys that sign tokens'),
  TOKEN_ISSUER: z.string().min(1).default('lagerhaus').describe('Issuer (iss) of the tokens'),
  TOKEN_AUDIENCE: z.string().min(1).default('lagerhaus').describe('Audience (aud) of the tokens'),

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
  EVENT_RETENTION: Duration.default(7 * 86_400_000)
    .refine((retention) => retention < rememberedSeconds * 1_000, {
      error: `must be shorter than P${rememberedSeconds / 86_400}D, as long as it is remembered that an event was handled`,
    })
    .describe('How long a topic keeps events'),
  IDEMPOTENCY_RETENTION: Duration.default(86_400_000).describe('How long the answer to an Idempotency-Key is kept'),
  BATCH_RETRY_WINDOW: Duration.default(120_000).describe(
    'How long a batch of events is retried in place before the host delivers it again',
  ),

  ORDER_STOCK_CHECK: z
    .enum(['lenient', 'strict'])
    .default('lenient')
    .describe('strict refuses an order at once that is known to be unfillable; lenient leaves it to the reservation'),
  ORDER_TIMEOUT: Duration.default(15 * 60_000).describe('How long an order may stay pending before it is cancelled'),
});

/** Everything that the environment decides. Durations are in milliseconds. */
export type Settings = z.output<typeof Settings>;

/** The environment is wrong; the message lists every wrong or missing setting, a line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from an environment (by default the process's own; nothing else reads `process.env`).
 *
 * @throws SettingsError that names every wrong or missing setting at once.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = Settings.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message, code }) => {
    const name = String(path[0]);
    const missing = code === 'invalid_type' && present[name] === undefined;
    return `  ${name}: ${missing ? `is missing (${descriptionOf(name)})` : message}`;
  });
  throw new SettingsError(`These settings are wrong or missing:\n${lines.join('\n')}`);
}

function descriptionOf(name: string): string {
  const field = Object.entries(Settings.shape).find(([key]) => key === name)?.[1];
  return field?.description ?? 'no such setting';
}
