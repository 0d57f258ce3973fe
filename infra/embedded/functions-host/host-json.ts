import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { firstBundleThatKeepsFailures, keepsFailures } from './extension-bundle.ts';
import { withOverrides } from './host-json-overrides.ts';
import type { Settings } from './settings.ts';
import { messageOf, StartupError } from './startup-error.ts';
import { parseTimeSpan } from './time-span.ts';

const timeSpan = z
  .string()
  .refine((text) => text === '-1' || parseTimeSpan(text) !== undefined, 'must be a time span such as "00:05:00"');

const level = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none']));

/** A setting that overrides host.json is text, also where a number is wanted. */
const wholeFrom = (least: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
    z.int().min(least),
  );

const flag = z.preprocess(
  (value) => (typeof value === 'string' && /^(true|false)$/i.test(value) ? /^t/i.test(value) : value),
  z.boolean(),
);

/** Defaults of all plans but Consumption: https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook#hostjson-settings */
const HttpOptions = z.object({
  routePrefix: z.string().default('api'),
  maxOutstandingRequests: wholeFrom(-1).default(-1),
  maxConcurrentRequests: wholeFrom(-1).default(-1),
});

/** Defaults: https://learn.microsoft.com/azure/azure-functions/functions-bindings-kafka#hostjson-settings */
const KafkaOptions = z.object({
  maxBatchSize: wholeFrom(1).default(64),
  commitOnFailure: flag.default(true),
  maxRetries: wholeFrom(-1).default(5),
  autoOffsetReset: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['earliest', 'latest']))
    .default('earliest'),
  sessionTimeoutMs: wholeFrom(1).default(10_000),
  maxPollIntervalMs: wholeFrom(1).default(300_000),
  autoCommitIntervalMs: wholeFrom(1).default(200),
});

const milliseconds = timeSpan.transform((text) => parseTimeSpan(text) ?? 0);

/** Defaults: https://learn.microsoft.com/azure/azure-functions/functions-bindings-event-hubs#hostjson-settings, and EventProcessorOptions. */
const EventHubsOptions = z.object({
  maxEventBatchSize: wholeFrom(1).default(100),
  prefetchCount: wholeFrom(0).default(300),
  loadBalancingUpdateInterval: milliseconds.prefault('00:00:30'),
  partitionOwnershipExpirationInterval: milliseconds.prefault('00:02:00'),
});

/** The keys that this host takes, with what the real host has by default. */
export const HostJson = z.object({
  version: z.literal('2.0'),
  extensionBundle: z.object({ version: z.string().optional() }).prefault({}),
  functionTimeout: timeSpan.optional(),
  logging: z.object({ logLevel: z.record(z.string(), level).default({}) }).prefault({}),
  extensions: z
    .object({
      http: HttpOptions.prefault({}),
      kafka: KafkaOptions.prefault({}),
      eventHubs: EventHubsOptions.prefault({}),
    })
    .prefault({}),
});

export type HostJson = z.infer<typeof HostJson>;
export type EventHubsOptions = z.infer<typeof EventHubsOptions>;
export type KafkaOptions = z.infer<typeof KafkaOptions>;

/**
 * What host.json says, with overrides and defaults. Keys that the local host has no use for are ignored, as the real one ignores keys
 * it does not know; so is the case of a key, since .NET configuration has none.
 *
 * @throws StartupError naming the file, and the key or the line where it breaks.
 */
export async function readHostJson(appDir: string, settings: Settings): Promise<HostJson> {
  const file = path.join(appDir, 'host.json');
  const written = withOverrides(parse(file, await read(file)), settings);
  const parsed = HostJson.safeParse(withKnownKeys(written, HostJson));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StartupError(`${file}: "${issue?.path.join('.')}" is wrong: ${issue?.message}`);
  }
  const { extensionBundle, extensions } = parsed.data;
  if (!extensions.kafka.commitOnFailure && !keepsFailures(extensionBundle.version ?? firstBundleThatKeepsFailures))
    throw new StartupError(
      `${file}: "extensionBundle.version" admits bundles below ${firstBundleThatKeepsFailures}, which commit what fails all the same: let the range begin with ${firstBundleThatKeepsFailures}.`,
    );
  return parsed.data;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartupError(`${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new StartupError(`${file} is no JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** Spells the keys of `value` as the schema does. */
function withKnownKeys(value: unknown, schema: z.ZodType): unknown {
  const object = objectIn(schema);
  if (object === undefined || typeof value !== 'object' || value === null) return value;
  const keys = new Map(Object.keys(object.shape).map((key) => [key.toLowerCase(), key]));
  const entries = Object.entries(value).map(([key, member]) => {
    const known = keys.get(key.toLowerCase()) ?? key;
    const memberSchema = object.shape[known];
    return [known, memberSchema === undefined ? member : withKnownKeys(member, memberSchema)];
  });
  return Object.fromEntries(entries);
}

/** The object that a schema describes, a prefault aside. */
export function objectIn(schema: z.core.$ZodType): z.ZodObject | undefined {
  if (schema instanceof z.ZodPrefault) return objectIn(schema.unwrap());
  return schema instanceof z.ZodObject ? schema : undefined;
}
