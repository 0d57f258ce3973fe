// azd's hook after provisioning: makes what only the vault may know, once. What is there already stays.
import { createSigningKeys } from '../../shared/security/signing-keys.ts';
import { azureCli } from './azure-cli.ts';
import { readOutputs } from './outputs.ts';
import { vault } from './vault.ts';

try {
  const { AZURE_KEY_VAULT_ID: id } = readOutputs(process.env);
  const secrets = vault(azureCli, id);
  if (await secrets.has('signing-keys')) console.log('The keys that sign tokens are there.');
  else {
    await secrets.put('signing-keys', await createSigningKeys());
    console.log('The keys that sign tokens are made, and in the vault.');
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
