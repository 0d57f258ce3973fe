import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { selfSigned } from '../../../infra/embedded/certificate/self-signed.ts';
import { storedSigningKeys } from '../../../infra/local/signing-keys-file.ts';

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

/** What the app registers where the environment has these settings and no other. */
async function registeredWith(settings: Environment) {
  const program = path.resolve(import.meta.dirname, 'registered-functions.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env: { ...settings } });
  return Functions.parse(JSON.parse(stdout));
}

/** Every text that the host looks for `%SETTING%` in. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('the bindings of all functions', () => {
  it.each<[string, Environment]>([
    ['Kafka', { ...required, KAFKA_CA_FILE: caFile }],
    ['Event Hubs', eventHubs],
  ])('bindings for %s name no setting that may be missing', async (_, settings) => {
    const functions = await registeredWith(settings);
    expect(functions.length).toBeGreaterThan(50);
    const unresolved = functions.flatMap(({ name, bindings }) =>
      textsIn(bindings)
        .flatMap((text) => [...text.matchAll(/%([^%]+)%/g)])
        .flatMap(([, setting = '']) => (setting in settings ? [] : [`${name}: ${setting}`])),
    );
    expect(unresolved).toEqual([]);
  });
});
