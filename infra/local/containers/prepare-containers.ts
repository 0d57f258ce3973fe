import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { issueToken } from '../../../shared/security/issue-token.ts';
import { readSigningKeys } from '../../../shared/security/signing-keys.ts';
import { TenantsSetting, tenantOfNobody } from '../../../shared/settings/tenants.ts';
import { storedCertificate } from '../../embedded/certificate/stored.ts';
import { writeWhole } from '../../embedded/write-whole.ts';
import { storedCredentials } from '../credentials.ts';
import { storedSigningKeys } from '../signing-keys-file.ts';
import { defaultsIn } from './compose-variables.ts';
import { containerSettings } from './container-settings.ts';
import { localSettings } from './local-settings.ts';
import { writeSharedFiles } from './shared-files.ts';

const repository = path.resolve(import.meta.dirname, '../../..');
export const composeFile = path.join(repository, 'infra/local/compose.yaml');

export interface Preparation {
  /** What is secret, and what the containers mount; stays from start to start. */
  readonly folder: string;
  /** local.settings.json, which stays where a person has made something of it. */
  readonly settingsFile: string;
  /** Where a port of compose.yaml may have been given another number. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly usesEmulator: boolean;
}

export interface PreparedContainers {
  /** What compose.yaml is interpolated with. */
  readonly variables: Readonly<Record<string, string>>;
  /** The settings of the app, as local.settings.json has them. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Makes what the containers and the app beside them have in common: secrets, files that are mounted, local.settings.json.
 *
 * @throws CannotStartError where local.settings.json is not ours to change.
 */
export async function prepareContainers(preparation: Preparation): Promise<PreparedContainers> {
  const { folder, settingsFile, environment, usesEmulator } = preparation;
  const own = defaultsIn(readFileSync(composeFile, 'utf8'));
  const ports = Object.fromEntries(Object.entries(own).map(([name, port]) => [name, environment[name] || port]));
  const credentials = storedCredentials(folder);
  const certificate = await storedCertificate(folder);
  const signingKeysFile = await storedSigningKeys(folder);
  const access = { ports, credentials, caFile: certificate.certFile, signingKeysFile, usesEmulator };

  const sample = readFileSync(path.join(repository, 'local.settings.sample.json'), 'utf8');
  const existing = existsSync(settingsFile) ? readFileSync(settingsFile, 'utf8') : undefined;
  const file = localSettings(sample, existing, containerSettings(access));
  writeWhole(settingsFile, `${JSON.stringify(file, null, 2)}\n`);

  await writeSharedFiles(folder, { certificate, token: await operatorToken(signingKeysFile, file.Values) });
  const variables = { ...ports, KAFKA_PASSWORD: credentials.kafkaPassword, COSMOS_KEY: credentials.cosmosKey };
  return { variables, settings: file.Values };
}

/** For Prometheus, which counts for all tenants: an operator of the first. Made anew at each start. */
function operatorToken(keysFile: string, settings: Readonly<Record<string, string>>): Promise<string> {
  return issueToken({
    keys: readSigningKeys(keysFile),
    issuer: settings.TOKEN_ISSUER || 'lagerhaus',
    audience: settings.TOKEN_AUDIENCE || 'lagerhaus',
    tenant: tenantOfNobody(TenantsSetting.parse(settings.TENANTS || 'main')),
    sub: 'prometheus',
    roles: ['operator'],
    expiresIn: '30d',
  });
}
