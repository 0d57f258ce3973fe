import { z } from 'zod';
import { defaultTenant } from '../security/principal.ts';
import { SigningKeysText } from '../security/signing-keys.ts';
import { TrustedIssuers } from '../security/trusted-issuers.ts';
import { BlobSettings } from './blob-settings.ts';
import { EventHubsSettings, KafkaSettings, refuseHalfABus } from './bus-settings.ts';
import { Duration } from './duration.ts';
import { list } from './list-setting.ts';
import { rememberedSeconds } from './retention.ts';
import { refuseOtherTenants, TenantsSetting } from './tenants.ts';

/** An origin as browsers write it (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin). */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** What the environment may hold whatever the services, as it is written there; each service adds its own. */
export const Settings = z.object({
  ENABLED_SERVICES: list.prefault('').describe('Services that this app runs, separated by commas; empty runs all'),

  ...KafkaSettings.shape,
  ...EventHubsSettings.shape,
  ...BlobSettings.shape,
  COSMOS_ENDPOINT: z.url().describe('URL of the Cosmos DB account'),
  COSMOS_KEY: z
    .string()
    .min(1)
    .optional()
    .describe('Key of the Cosmos DB account; without it, by the identity that we have on Azure'),
  COSMOS_DATABASE: z.string().min(1).default('lagerhaus').describe('Database that holds the containers'),

  SIGNING_KEYS_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'File of the JSON Web Key Set (RFC 7517) with the private keys that sign tokens; **required** without SIGNING_KEYS',
    ),
  SIGNING_KEYS: SigningKeysText.optional().describe(
    'That key set itself, where it comes out of a vault (on Azure a Key Vault reference)',
  ),
  TOKEN_ISSUER: z.string().min(1).default('lagerhaus').describe('Issuer (iss) of the tokens'),
  TOKEN_AUDIENCE: z.string().min(1).default('lagerhaus').describe('Audience (aud) of the tokens'),

  TRUSTED_ISSUERS: TrustedIssuers.prefault('[]').describe(
    'Outside OpenID Connect issuers whose tokens are accepted too, such as Entra ID: see [http.md](http.md#tokens-of-others)',
  ),

  TENANTS: TenantsSetting.prefault(defaultTenant).describe(
    'Tenants that there are, separated by commas; * is any that somebody names, for trying out only',
  ),

  CORS_ORIGINS: list
    .prefault('')
    .refine((origins) => origins.every((origin) => origin === '*' || isOrigin(origin)), {
      error: 'names origins such as https://shop.example.com, without a path, or *',
    })
    .describe('Origins whose pages may call the API from a browser, separated by commas; * is any; empty is none'),
  REQUEST_TIMEOUT: Duration.prefault('PT30S').describe(
    'How long a request may take before it is answered `timed-out`: the outcome is then unknown',
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
  AUTH_RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(0)
    .default(60)
    .describe(
      'Requests a minute that one caller may send to the routes `auth/*` and to the change of a password of one instance in the long run; 0 is no limit',
    ),
  AUTH_RATE_LIMIT_BURST: z.coerce
    .number()
    .int()
    .min(1)
    .default(30)
    .describe('Requests that one caller may send to those routes of one instance at once, after a pause'),
  HEAVY_WORK_QUEUE: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(32)
    .describe(
      'Requests that may wait on one instance for what takes long, such as checking a password; who comes then is answered `too-busy`, unless others have more than their share of the places',
    ),
  DECISION_WAIT: Duration.prefault('PT0.2S').describe(
    'How long what is decided later, such as an order, may wait for its decision before new ones are answered `overloaded`; PT0S takes them all, however long they wait',
  ),
  CARRIED_EVENTS: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'Whether an order carries its events until they are sent, which saves request units and requests; `off` while instances of version 0.1 run beside this one, which would drop them',
    ),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(1)
    .describe(
      'How many proxies stand before the app, each of which adds an address to X-Forwarded-For: 1 on Azure, one more for each of your own; 0 believes no such header',
    ),
  PEER_ADDRESS_HEADER: z
    .string()
    .regex(/^[a-z0-9-]+$/, { error: 'is the name of a header, in small letters' })
    .optional()
    .describe(
      'Header in which the host writes the address that it was called from, in place of what the client sent under that name; Azure has none',
    ),
  METRICS: z
    .enum(['loopback', 'token'])
    .default('token')
    .describe(
      'Who may read /metrics: whoever has a token with the role operator; with loopback also, without one, the machine that the app runs on',
    ),
  REQUEST_LOG: z
    .enum(['all', 'problems', 'none'])
    .default('all')
    .describe('Which requests get a line in the log; with none, still those that were refused with 401, 403 or 429'),
  REQUEST_LOG_ADDRESS: z
    .enum(['none', 'shortened', 'whole'])
    .default('shortened')
    .describe(
      'What that line says of the address of the client: nothing, its /24 (IPv6: its /48), which tells no person from another, or all',
    ),

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
    'How long a batch of events is held, retries included, before the host delivers again what is not done',
  ),

  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url()
    .optional()
    .describe('URL of an OpenTelemetry collector (OTLP over HTTP) that takes traces; without it, none are made'),
  OTEL_SERVICE_NAME: z.string().min(1).default('lagerhaus').describe('Name of this app in traces'),
  OTEL_RESOURCE_ATTRIBUTES: z
    .string()
    .regex(/^[^,=]+=[^,=]*(,[^,=]+=[^,=]*)*$/, {
      error:
        'is written deployment.environment.name=prod,team=a%2Cb: a comma or equals sign within a value is percent-encoded',
    })
    .optional()
    .describe('What else traces say of this app: key=value, separated by commas'),

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
  LAG_THRESHOLD: z.coerce
    .number()
    .int()
    .min(1)
    .default(1_000)
    .describe('Events waiting for one consumer for which Azure adds an instance, where they come by the Kafka trigger'),
});

/**
 * What the environment decides. Durations are in milliseconds. What a service has declared is here too, for it alone to read:
 * see `serviceSettings`.
 */
export type Settings = z.output<typeof Settings>;

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment is wrong; the message lists every wrong or missing setting, a line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    // A host that shows the stack of whatever an app throws while it starts shows what to change, and no more.
    this.stack = message;
  }
}

/** Whoever declares settings: a service, by `serviceSettings`. */
interface SettingsOwner {
  readonly name: string;
  readonly settings?: { readonly shape: z.ZodRawShape; readonly check?: Check | undefined } | undefined;
}

/** Says of a setting what is wrong with it. */
export type Complain = (name: string, message: string) => void;

type Check = (settings: Settings, complain: Complain) => void;

/**
 * Reads the settings of the kernel and of these services from an environment (by default the process's own; nothing else
 * reads `process.env`).
 *
 * @throws SettingsError that names every wrong or missing setting at once; or a setting that two declare differently.
 */
export function readSettings(owners: readonly SettingsOwner[], environment: Environment = process.env): Settings {
  const schema = Settings.extend(declaredBy(owners))
    .superRefine(refuseHalfABus)
    .superRefine(refuseOtherTenants)
    .superRefine((settings, { addIssue }) => {
      const complain: Complain = (name, message) => addIssue({ code: 'custom', path: [name], message });
      for (const owner of owners) owner.settings?.check?.(settings, complain);
    });
  const whole = proofs.reduce(
    (sofar, { of, holds, error }) => sofar.refine(holds, { path: [of], error, when }),
    schema,
  );
  return read(whole, environment);
}

/** Asked of what else is wrong, too, so that all is named at once. */
const when = () => true;

/** How we prove who we are to the store, and how others do to us. */
const proofs: readonly {
  readonly of: keyof Settings;
  readonly holds: (settings: Partial<Settings>) => boolean;
  readonly error: string;
}[] = [
  {
    of: 'COSMOS_KEY',
    holds: ({ COSMOS_KEY: key, COSMOS_ENDPOINT: endpoint }) => key !== undefined || !endpoint?.startsWith('http:'),
    error: 'is missing (an identity takes its place only where COSMOS_ENDPOINT begins with https)',
  },
  {
    of: 'SIGNING_KEYS_FILE',
    holds: ({ SIGNING_KEYS: keys, SIGNING_KEYS_FILE: file }) => keys !== undefined || file !== undefined,
    error: 'is missing, and so is SIGNING_KEYS: set one of the two',
  },
  {
    of: 'SIGNING_KEYS',
    holds: ({ SIGNING_KEYS: keys, SIGNING_KEYS_FILE: file }) => keys === undefined || file === undefined,
    error: 'is set, and so is SIGNING_KEYS_FILE: take one of the two away',
  },
  {
    of: 'BLOBS_ENDPOINT',
    holds: ({ BLOBS_ENDPOINT: endpoint, BLOBS_CONNECTION_STRING: connection }) =>
      endpoint === undefined || connection === undefined,
    error: 'is set, and so is BLOBS_CONNECTION_STRING: take one of the two away',
  },
];

/** What the services declare, together; by which names is not known here. */
function declaredBy(owners: readonly SettingsOwner[]): Readonly<Record<never, z.ZodType>> {
  const declared = new Map(
    Object.entries<z.core.$ZodType>(Settings.shape).map(([name, setting]) => [name, { owner: 'the kernel', setting }]),
  );
  for (const { name: owner, settings } of owners) {
    for (const [name, setting] of Object.entries(settings?.shape ?? {})) {
      const other = declared.get(name);
      if (other !== undefined && other.setting !== setting)
        throw new SettingsError(
          `${other.owner} and ${owner} both declare the setting ${name}: let one of them have it`,
        );
      declared.set(name, { owner, setting });
    }
  }
  return Object.fromEntries([...declared].map(([name, { setting }]) => [name, setting]));
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
    const missing = (code === 'invalid_type' || code === 'invalid_value') && present[name] === undefined;
    const where = path.slice(1).map((step) => `${String(step)}: `);
    return `  ${name}: ${missing ? `is missing (${descriptionOf(schema, name)})` : `${where.join('')}${message}`}`;
  });
  throw new SettingsError(`These settings are wrong or missing:\n${lines.join('\n')}`);
}

function descriptionOf({ shape }: z.ZodObject, name: string): string {
  const { [name]: field } = shape;
  return field?.description ?? 'no such setting';
}
