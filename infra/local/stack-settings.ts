import path from 'node:path';
import { z } from 'zod';
import type { KafkaSettings } from '../../shared/settings/bus-settings.ts';
import { readKafkaSettings, SettingsError } from '../../shared/settings/settings.ts';
import type { ProfileName } from '../embedded/kafka/profiles.ts';
import { CannotStartError } from './cannot-start-error.ts';

const repository = path.resolve(import.meta.dirname, '../..');

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number from 0 (a free port) to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a number from 0 (a free port) to 65535');

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((text) => text === '1');

const folder = z.string().transform((text) => path.resolve(text));

const StackSettings = z.object({
  PORT: port.default(7071),
  DATA_DIR: folder.default(path.resolve('.local')),
  DEMO: flag.default(true),
  CONTROL: flag.default(false),
  APP_DIR: folder.default(repository),
});

const EmbeddedBus = z.object({
  KAFKA_SECURITY_PROTOCOL: z
    .enum(
      ['SASL_PLAINTEXT', 'SASL_SSL'],
      'must be SASL_PLAINTEXT or SASL_SSL: the embedded broker always asks who calls',
    )
    .default('SASL_PLAINTEXT'),
  KAFKA_IDENTITY_SECRET: z.string().exactOptional(),
  KAFKA_IDLE_SECONDS: z.coerce.number().positive().exactOptional(),
  KAFKA_PROFILE: z.enum(['kafka', 'event-hubs'], 'must be kafka or event-hubs').default('kafka'),
  EVENT_TRIGGER: z.enum(['kafka', 'eventhubs'], 'must be kafka or eventhubs').default('kafka'),
});

/** The broker within, or one that somebody else runs, which is named by `KAFKA_BROKERS`. */
export type Bus =
  | {
      readonly kind: 'embedded';
      readonly securityProtocol: 'SASL_PLAINTEXT' | 'SASL_SSL';
      readonly profile: ProfileName;
      /** By which tokens are signed that it takes; without it, it takes passwords only. */
      readonly identitySecret?: string;
      readonly idleAfterMs?: number;
      /** Whether it offers the topics as hubs too, by AMQP. */
      readonly offersEventHubs: boolean;
    }
  | { readonly kind: 'outside'; readonly settings: KafkaSettings };

/**
 * What decides how the stack itself runs; the app reads its own settings. `CONTROL=1` opens the endpoint through which
 * tests make faults, `APP_DIR` is the Functions app to run (by default this repository).
 */
export type StackSettings = z.output<typeof StackSettings> & { readonly bus: Bus };

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws CannotStartError with a line for every wrong setting. */
export function readStackSettings(environment: Environment): StackSettings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const wrong: string[] = [];
  const own = read(StackSettings, present, wrong);
  const bus = readBus(present, wrong);
  if (own === undefined || bus === undefined) throw new CannotStartError(wrong.join('\n'));
  return { ...own, bus };
}

function readBus(present: Environment, wrong: string[]): Bus | undefined {
  if (present.KAFKA_BROKERS === undefined) {
    const embedded = read(EmbeddedBus, present, wrong);
    return embedded && embeddedBus(embedded);
  }
  try {
    return { kind: 'outside', settings: readKafkaSettings(present) };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    wrong.push(error.message);
    return undefined;
  }
}

function embeddedBus(settings: z.output<typeof EmbeddedBus>): Bus {
  const offersEventHubs = settings.EVENT_TRIGGER === 'eventhubs';
  const { KAFKA_IDENTITY_SECRET: identitySecret, KAFKA_IDLE_SECONDS: idleSeconds } = settings;
  return {
    ...(identitySecret === undefined ? {} : { identitySecret }),
    ...(idleSeconds === undefined ? {} : { idleAfterMs: idleSeconds * 1_000 }),
    kind: 'embedded',
    securityProtocol: settings.KAFKA_SECURITY_PROTOCOL,
    profile: offersEventHubs ? 'event-hubs' : settings.KAFKA_PROFILE,
    offersEventHubs,
  };
}

function read<Schema extends z.ZodType>(schema: Schema, present: Environment, wrong: string[]) {
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  for (const {
    path: [name],
    message,
  } of result.error.issues)
    wrong.push(`${String(name)} is "${present[String(name)]}": it ${message}.`);
  return undefined;
}
