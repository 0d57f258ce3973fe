import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AzureCliError } from './azure-cli.ts';
import { vault } from './vault.ts';

const id = '/subscriptions/s/resourceGroups/rg-shop/providers/Microsoft.KeyVault/vaults/kv';

describe('the vault of a deployment', () => {
  it('a secret is put from a file, so that it never stands on a command line, and the file is gone afterwards', async () => {
    const calls: (readonly string[])[] = [];
    let body = '';
    const secrets = vault(async (...args) => {
      calls.push(args);
      body = readFileSync(fileIn(args), 'utf8');
      return '';
    }, id);
    await secrets.put('signing-keys', 'very secret');
    expect(JSON.parse(body)).toEqual({ properties: { value: 'very secret' } });
    expect(calls.flat().join(' ')).not.toContain('very secret');
    expect(calls[0]).toContain(`https://management.azure.com${id}/secrets/signing-keys?api-version=2024-11-01`);
    expect(() => readFileSync(fileIn(calls[0] ?? []))).toThrow('ENOENT');
  });

  it('a secret that is not there is told from a vault that cannot be asked', async () => {
    const failing = (message: string) => vault(() => Promise.reject(new AzureCliError(message)), id);
    expect(await vault(async () => '{}', id).has('signing-keys')).toBe(true);
    expect(await failing('az rest: Not Found({"error":{"code":"SecretNotFound"}})').has('signing-keys')).toBe(false);
    await expect(failing('az rest: Please run az login').has('signing-keys')).rejects.toThrow('az login');
  });
});

function fileIn(args: readonly string[]): string {
  return args[args.indexOf('--body') + 1]?.slice(1) ?? '';
}
