import { describe, expect, it, onTestFinished } from 'vitest';
import { firstAdmin } from '../../scripts/azure/first-admin.ts';
import { shopClient } from '../../scripts/azure/shop-client.ts';
import { smokeTest } from '../../scripts/azure/smoke-test.ts';
import type { Vault } from '../../scripts/azure/vault.ts';
import { startStack } from '../rigs/stack/start-stack.ts';

/** A vault in memory, as the hooks see it: they can put a secret, and not read it. */
function memoryVault() {
  const secrets = new Map<string, string>();
  const vault: Vault = {
    has: async (name) => secrets.has(name),
    put: async (name, value) => void secrets.set(name, value),
  };
  return { secrets, vault };
}

describe('a deployment', () => {
  it('the first admin is made once, their password is in the vault, and an order of theirs is confirmed', async () => {
    const email = 'boss@example.com';
    const stack = await startStack({ env: { ADMIN_EMAILS: email } });
    onTestFinished(() => stack.stop());
    const shop = shopClient(stack.url);
    const { secrets, vault } = memoryVault();
    const password = await firstAdmin(shop, vault, email);
    expect(password).toBe(secrets.get('first-admin-password'));

    const said: string[] = [];
    await smokeTest({ shop, email, password: String(password), say: (line) => said.push(line) });
    expect(said).toEqual(['ready', 'a product is made', 'an order of it is confirmed, and cancelled again']);

    expect(await firstAdmin(shop, vault, email)).toBeUndefined();
    expect(secrets.get('first-admin-password')).toBe(password);
    await expect(firstAdmin(shop, memoryVault().vault, email)).rejects.toThrow('registered by somebody else');
    await expect(smokeTest({ shop, email, password: 'Wrong1234', say: () => undefined })).rejects.toThrow(
      'cannot log in',
    );
  });
});
