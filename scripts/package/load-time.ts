import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createSigningKeys } from '../../shared/security/signing-keys.ts';

const times = 5;

/**
 * How long Node takes to load the package until all functions are registered, in milliseconds: the fastest of a few times,
 * since all that others do at the same time can only make it longer. It loads without a server that it could reach.
 */
export async function fastestLoadMs(dist: string): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-load-'));
  try {
    const keys = path.join(folder, 'signing-keys.json');
    writeFileSync(keys, await createSigningKeys());
    const measured: number[] = [];
    for (let n = 0; n < times; n += 1) measured.push(await loadMs(dist, keys));
    return Math.min(...measured);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loadMs(dist: string, keys: string): Promise<number> {
  const script = path.join(import.meta.dirname, 'load-once.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, dist], {
    env: {
      ...process.env,
      KAFKA_BROKERS: '127.0.0.1:1',
      KAFKA_SASL_PASSWORD: 'none',
      COSMOS_ENDPOINT: 'http://127.0.0.1:1',
      COSMOS_KEY: 'bm9uZQ==',
      SIGNING_KEYS_FILE: keys,
    },
  });
  return Number(stdout);
}
