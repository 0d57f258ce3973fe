import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { storedSigningKeys } from '../infra/local/signing-keys-file.ts';

/** The environment of a kernel that has neither bus nor store to talk to: nobody listens on port 1. */
export async function settingsWithoutServers(folder: string) {
  return {
    KAFKA_BROKERS: '127.0.0.1:1',
    KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
    COSMOS_ENDPOINT: 'http://127.0.0.1:1',
    COSMOS_KEY: 'bm9uZQ==',
    SIGNING_KEYS_FILE: await storedSigningKeys(folder),
    RATE_LIMIT: '0',
    // Once a year: there is nothing to sweep.
    SWEEP_SCHEDULE: '0 0 0 1 1 *',
  };
}

/** A folder that is deleted with whatever uses it. */
export function temporaryFolder(): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-bench-'));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
