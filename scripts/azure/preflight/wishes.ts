import { z } from 'zod';
import { services } from '../../../functions/services.ts';
import { DeploymentError } from '../shop-client.ts';

const names = services.map(({ name }) => name);

/** The apps as `apps` of infra/main.bicep takes them. */
const Apps = z
  .array(z.object({ name: z.string().regex(/^[a-z0-9-]{1,12}$/), services: z.array(z.enum(names)) }))
  .min(1)
  .refine((apps) => apps.length === 1 || isDivided(apps.flatMap((app) => app.services)), {
    error: `must run each service in one app: ${names.join(', ')}`,
  });

function isDivided(named: readonly string[]): boolean {
  return new Set(named).size === named.length && names.every((service) => named.includes(service));
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' });
    return z.NEVER;
  }
});

/** What azd tells a hook of what is to be made: its own names, and ours of infra/main.parameters.json. */
const Environment = z.object({
  AZURE_SUBSCRIPTION_ID: z.uuid(),
  AZURE_LOCATION: z
    .string()
    .regex(/^[a-z0-9]+$/, { error: 'is a region as az account list-locations names it, such as westeurope' }),
  AZURE_ENV_NAME: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, { error: 'has at most 40 letters, digits and hyphens' }),
  LAGERHAUS_SIZE: z.enum(['dev', 'prod']).default('dev'),
  LAGERHAUS_HOSTING: z.enum(['flex', 'premium']).optional(),
  LAGERHAUS_NODE_VERSION: z.enum(['22', '24']).default('24'),
  LAGERHAUS_APPS: json.pipe(Apps).prefault('[{"name":"main","services":[]}]'),
  LAGERHAUS_ALWAYS_READY_INSTANCES: z.coerce.number().int().min(0).max(20).optional(),
  LAGERHAUS_COMMUNICATION: z.stringbool().default(false),
});

export interface Wishes {
  readonly subscription: string;
  readonly location: string;
  readonly environment: string;
  readonly isProd: boolean;
  readonly hosting: 'flex' | 'premium';
  readonly nodeVersion: string;
  readonly apps: readonly string[];
  /** Of each app, from the start. */
  readonly instances: number;
  readonly hasCommunication: boolean;
}

/** @throws DeploymentError with a line for each variable that is missing or wrong. */
export function readWishes(environment: Readonly<Record<string, string | undefined>>): Wishes {
  // GitHub gives a variable that nobody has set as an empty one.
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const { success, data, error } = Environment.safeParse(Object.fromEntries(given));
  if (!success) {
    const lines = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new DeploymentError(`Not to be deployed like this. Set what is wrong by azd env set:\n${lines.join('\n')}`);
  }
  const isProd = data.LAGERHAUS_SIZE === 'prod';
  return {
    subscription: data.AZURE_SUBSCRIPTION_ID,
    location: data.AZURE_LOCATION,
    environment: data.AZURE_ENV_NAME,
    isProd,
    hosting: data.LAGERHAUS_HOSTING ?? (isProd ? 'premium' : 'flex'),
    nodeVersion: data.LAGERHAUS_NODE_VERSION,
    apps: data.LAGERHAUS_APPS.map(({ name }) => name),
    instances: Math.max(1, data.LAGERHAUS_ALWAYS_READY_INSTANCES ?? (isProd ? 2 : 0)),
    hasCommunication: data.LAGERHAUS_COMMUNICATION,
  };
}
