import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { selfSigned } from '../../../infra/embedded/certificate/self-signed.ts';
import { storedSigningKeys } from '../../../infra/local/signing-keys-file.ts';
import sample from '../../../local.settings.sample.json' with { type: 'json' };

type Environment = Readonly<Record<string, string>>;

const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-bindings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const caFile = path.join(folder, 'ca.pem');
writeFileSync(caFile, (await selfSigned(new Date())).cert);

/** What has no default, and nothing else. */
const required = {
  KAFKA_BROKERS: 'one:9092',
  KAFKA_SASL_PASSWORD: 'Endpoint=sb://one/',
  COSMOS_ENDPOINT: 'https://account.documents.azure.com',
  COSMOS_KEY: 'a2V5',
  SIGNING_KEYS_FILE: await storedSigningKeys(folder),
};
const { KAFKA_SASL_PASSWORD: _, ...withoutPassword } = required;
const eventHubs = {
  ...withoutPassword,
  EVENT_TRIGGER: 'eventhubs',
  EVENT_HUBS: 'Endpoint=sb://one.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=c2VjcmV0',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

const Functions = z.array(z.object({ name: z.string(), bindings: z.record(z.string(), z.unknown()) }));

const Trigger = z.object({ type: z.string(), dataType: z.string().optional(), cardinality: z.string().optional() });
const isOfTheBus = (type: string) => type === 'kafkaTrigger' || type === 'eventHubTrigger';

/** What the app registers where the environment has these settings and no other: asked once for all tests. */
const registered = new Map<Environment, ReturnType<typeof register>>();
function registeredWith(settings: Environment) {
  const asked = registered.get(settings) ?? register(settings);
  registered.set(settings, asked);
  return asked;
}

async function register(settings: Environment) {
  const program = path.resolve(import.meta.dirname, 'registered-functions.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env: { ...settings } });
  return Functions.parse(JSON.parse(stdout));
}

/** Every text that the host looks for `%SETTING%` in. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every `%SETTING%` that a binding names. */
function settingsNamed(bindings: unknown): readonly string[] {
  return textsIn(bindings).flatMap((text) => [...text.matchAll(/%([^%]+)%/g)].map(([, setting = '']) => setting));
}

const onEither: readonly [string, Environment][] = [
  ['Kafka', required],
  ['Event Hubs', eventHubs],
];

describe('the bindings of all functions', () => {
  it.each<[string, Environment]>([
    ['Kafka', { ...required, KAFKA_CA_FILE: caFile }],
    ['Event Hubs', eventHubs],
  ])('bindings for %s name no setting that may be missing', async (_, settings) => {
    const functions = await registeredWith(settings);
    expect(functions.length).toBeGreaterThan(50);
    const unresolved = functions.flatMap(({ name, bindings }) =>
      settingsNamed(bindings).flatMap((setting) => (setting in settings ? [] : [`${name}: ${setting}`])),
    );
    expect(unresolved).toEqual([]);
  });

  it.each(
    onEither,
  )('bindings for %s name only settings that the sample for Core Tools has, and Bicep gives', async (_, settings) => {
    const named = new Set((await registeredWith(settings)).flatMap(({ bindings }) => settingsNamed(bindings)));
    const bicep = readFileSync(path.resolve(import.meta.dirname, '../../../infra/modules/event-hubs.bicep'), 'utf8');
    expect([...named].filter((name) => !(name in sample.Values))).toEqual([]);
    expect([...named].filter((name) => !bicep.includes(` ${name}: `))).toEqual([]);
  });

  it.each(
    onEither,
  )('functions and bindings for %s have names and kinds of data that the host accepts', async (_, settings) => {
    const functions = await registeredWith(settings);
    for (const { name, bindings } of functions) {
      expect(name).toMatch(/^[a-z][a-z0-9_-]{0,126}$/);
      for (const [binding, wish] of Object.entries(bindings)) {
        expect(`${name}: ${binding}`).toMatch(/: \$?[a-zA-Z][a-zA-Z0-9]*$/);
        const { type, dataType, cardinality } = Trigger.parse(wish);
        if (!isOfTheBus(type)) continue;
        expect([name, cardinality]).toEqual([name, 'many']);
        expect([name, dataType]).toEqual([name, type === 'kafkaTrigger' ? 'string' : 'binary']);
      }
    }
    expect(
      functions.filter(({ bindings }) => Object.values(bindings).some((wish) => isOfTheBus(Trigger.parse(wish).type))),
    ).not.toEqual([]);
  });
});
