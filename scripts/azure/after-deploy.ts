// azd's hook after deploying: the first admin, then an order that is confirmed. Cold starts are allowed for.
import { azureCli } from './azure-cli.ts';
import { firstAdmin } from './first-admin.ts';
import { readOutputs } from './outputs.ts';
import { shopClient } from './shop-client.ts';
import { shopOf } from './shop-of.ts';
import { ready, smokeTest } from './smoke-test.ts';
import { vault } from './vault.ts';

try {
  const { AZURE_KEY_VAULT_ID: id, AZURE_URLS: urls, AZURE_ADMIN_EMAIL: email } = readOutputs(process.env);
  for (const url of urls) {
    await ready(shopClient(url));
    console.log(`${url} is ready.`);
  }
  const shop = await shopOf(urls);
  const made = email === '' ? undefined : await firstAdmin(shop, vault(azureCli, id), email);
  const password = made ?? process.env.SMOKE_TEST_PASSWORD;
  if (made !== undefined) console.log(`${email} is admin; the password is in the vault: first-admin-password.`);
  if (password === undefined || email === '')
    console.log('No order is tried: SMOKE_TEST_PASSWORD is not set, and the first admin was there before.');
  else await smokeTest({ shop, email, password, say: console.log });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
