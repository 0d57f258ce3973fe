import { randomBytes } from 'node:crypto';
import { DeploymentError, expecting, type ShopClient } from './shop-client.ts';
import type { Vault } from './vault.ts';

const secret = 'first-admin-password';

/** Nobody guesses it, and it has one of all that a policy may ask for: chance alone leaves out a digit once in two hundred times. */
export function madePassword(): string {
  return `${randomBytes(24).toString('base64url')}-aA1`;
}

/**
 * Registers the first admin with a password that is nowhere but in the vault.
 *
 * @returns the password; undefined where somebody has registered by the address before, whose own it is.
 * @throws DeploymentError where the app refuses.
 */
export async function firstAdmin(shop: ShopClient, secrets: Vault, email: string): Promise<string | undefined> {
  const password = madePassword();
  // First into the vault: a password that nobody knows would keep its address for good.
  const isFirst = !(await secrets.has(secret));
  if (isFirst) await secrets.put(secret, password);
  const registered = await shop.call('POST', '/api/v1/auth/register', {
    email,
    password,
    first_name: 'First',
    last_name: 'Admin',
  });
  if (registered.status === 409 && isFirst)
    throw new DeploymentError(
      `${email} was registered by somebody else, who is admin now: take the address out of LAGERHAUS_ADMIN_EMAIL, and deploy again with another.`,
    );
  if (registered.status === 409) return undefined;
  expecting(`${email} cannot be registered`, registered, 201);
  if (!isFirst) await secrets.put(secret, password);
  return password;
}
