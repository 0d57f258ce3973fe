import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AzureCli, AzureCliError } from './azure-cli.ts';

/** The secrets of a vault, by way of Azure Resource Manager: that takes them also where the vault is on a private network. */
export interface Vault {
  has(name: string): Promise<boolean>;
  put(name: string, value: string): Promise<void>;
}

const version = '2024-11-01';

/** @param id the vault's resource id */
export function vault(az: AzureCli, id: string): Vault {
  const urlOf = (name: string) => `https://management.azure.com${id}/secrets/${name}?api-version=${version}`;
  return {
    async has(name) {
      try {
        await az('rest', '--method', 'get', '--url', urlOf(name));
        return true;
      } catch (error) {
        if (error instanceof AzureCliError && error.isNotFound) return false;
        throw error;
      }
    },
    async put(name, value) {
      // Not on the command line, where every process of the machine can read it.
      const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-secret-'));
      try {
        const file = path.join(folder, 'secret.json');
        writeFileSync(file, JSON.stringify({ properties: { value } }), { mode: 0o600 });
        await az('rest', '--method', 'put', '--url', urlOf(name), '--body', `@${file}`, '--output', 'none');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
