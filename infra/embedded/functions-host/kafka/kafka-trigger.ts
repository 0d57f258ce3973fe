import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KafkaConfig, SASLOptions } from 'kafkajs';
import { z } from 'zod';
import type { FunctionMetadata } from '../app/rpc.ts';
import { triggerOf } from '../app/trigger.ts';
import { resolveSettings, type Settings } from '../settings.ts';
import { messageOf, StartupError } from '../startup-error.ts';

/** Where a function's events come from and how it wants them. */
export interface KafkaTrigger {
  readonly functionName: string;
  readonly topic: string;
  readonly groupId: string;
  readonly connection: Pick<KafkaConfig, 'brokers' | 'ssl' | 'sasl'> & { readonly brokers: string[] };
  /** `many`: a batch an invocation; `one`: an event an invocation. */
  readonly cardinality: 'one' | 'many';
  /** `string`: the event as JSON; `binary`: its value's bytes only. */
  readonly dataType: 'string' | 'binary';
}

const lowered = z.string().toLowerCase();

/** The extension reads its enumerations in any case. NOTSET means what librdkafka does without the setting: plaintext. */
export const KafkaTriggerBinding = z.object({
  brokerList: z.string().min(1),
  topic: z.string().min(1),
  consumerGroup: z.string().default('$Default'),
  protocol: lowered.pipe(z.enum(['notset', 'plaintext', 'ssl', 'saslplaintext', 'saslssl'])).default('notset'),
  authenticationMode: lowered
    .pipe(z.enum(['notset', 'gssapi', 'plain', 'scramsha256', 'scramsha512', 'oauthbearer']))
    .default('notset'),
  username: z.string().default(''),
  password: z.string().default(''),
  sslCaLocation: z.string().optional(),
  sslCaPEM: z.string().optional(),
  cardinality: lowered.pipe(z.enum(['one', 'many'])).default('one'),
  dataType: lowered.pipe(z.enum(['string', 'binary'])).default('string'),
});
export type KafkaTriggerBinding = z.infer<typeof KafkaTriggerBinding>;

/** What the extension knows and the local host does not do; asking for it must not pass unnoticed. */
export const refusedKafkaProperties = [
  'eventHubConnectionString',
  'avroSchema',
  'schemaRegistryUrl',
  'sslCertificateLocation',
  'sslCertificatePEM',
  'sslKeyLocation',
  'sslKeyPEM',
  'sslCertificateandKeyPEM',
] as const;

/**
 * Reads a Kafka trigger, with `%SETTING%` replaced
 * (properties: https://learn.microsoft.com/azure/azure-functions/functions-bindings-kafka-trigger#configuration).
 *
 * @throws StartupError naming the function and the property that is wrong or not supported.
 */
export async function readKafkaTrigger(
  metadata: FunctionMetadata,
  appDir: string,
  settings: Settings,
): Promise<KafkaTrigger> {
  const functionName = metadata.name;
  const resolved = Object.entries(triggerOf(metadata).binding).map(([property, value]) => [
    property,
    typeof value === 'string' ? resolveSettings(value, settings, { functionName, property }) : value,
  ]);
  const properties: Record<string, unknown> = Object.fromEntries(resolved);
  const refused = refusedKafkaProperties.find((name) => properties[name]);
  if (refused !== undefined) {
    throw new StartupError(`Function "${functionName}": the local host does not support "${refused}".`);
  }
  const parsed = KafkaTriggerBinding.safeParse(properties);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new StartupError(`Function "${functionName}": "${issue?.path.join('.')}" is wrong: ${issue?.message}`);
  }
  const { topic, consumerGroup: groupId, cardinality, dataType } = parsed.data;
  const takesAnyCertificate = settings.KAFKA_CERTIFICATE_CHECK === 'off';
  const connection = await connectionOf(functionName, parsed.data, { appDir, takesAnyCertificate });
  return { functionName, topic, groupId, connection, cardinality, dataType };
}

async function connectionOf(
  functionName: string,
  binding: KafkaTriggerBinding,
  tls: TlsSurroundings,
): Promise<KafkaTrigger['connection']> {
  const { protocol } = binding;
  return {
    brokers: binding.brokerList.split(',').map((broker) => broker.trim()),
    ...(protocol.endsWith('ssl') ? { ssl: await tlsOf(functionName, binding, tls) } : {}),
    ...(protocol.startsWith('sasl') ? { sasl: identityOf(functionName, binding) } : {}),
  };
}

function identityOf(
  functionName: string,
  { authenticationMode, username, password }: KafkaTriggerBinding,
): SASLOptions {
  switch (authenticationMode) {
    case 'plain':
      return { mechanism: 'plain', username, password };
    case 'scramsha256':
      return { mechanism: 'scram-sha-256', username, password };
    case 'scramsha512':
      return { mechanism: 'scram-sha-512', username, password };
    default:
      throw new StartupError(
        `Function "${functionName}": the local host supports "authenticationMode" Plain, ScramSha256 and ScramSha512 only.`,
      );
  }
}

interface TlsSurroundings {
  readonly appDir: string;
  /** For trying out on one machine: the real extension has no word for it. */
  readonly takesAnyCertificate: boolean;
}

async function tlsOf(
  functionName: string,
  { sslCaLocation, sslCaPEM }: KafkaTriggerBinding,
  { appDir, takesAnyCertificate }: TlsSurroundings,
): Promise<true | { ca: string[] } | { rejectUnauthorized: false }> {
  if (takesAnyCertificate) return { rejectUnauthorized: false };
  if (sslCaPEM) return { ca: [sslCaPEM] };
  if (!sslCaLocation) return true;
  try {
    return { ca: [await readFile(path.resolve(appDir, sslCaLocation), 'utf8')] };
  } catch (error) {
    const message = `Function "${functionName}": "sslCaLocation" cannot be read: ${messageOf(error)}`;
    throw new StartupError(message, { cause: error });
  }
}
