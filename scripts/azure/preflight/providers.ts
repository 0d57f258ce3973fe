import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type AzureCli, AzureCliError } from '../azure-cli.ts';
import { azJson } from './az-json.ts';
import type { Wishes } from './wishes.ts';

const Providers = z.array(z.object({ namespace: z.string(), registrationState: z.string() }));

/** Registers the resource providers that Bicep needs and that the subscription does not have yet; complains of what cannot be. */
export async function unregisteredProviders(az: AzureCli, wishes: Wishes): Promise<readonly string[]> {
  const { subscription } = wishes;
  const known = await azJson(az, Providers, 'provider', 'list', '--subscription', subscription);
  const registered = known.filter(({ registrationState }) => registrationState === 'Registered');
  const names = new Set(registered.map(({ namespace }) => namespace.toLowerCase()));
  const complaints: string[] = [];
  for (const namespace of namespacesOf(wishes)) {
    if (names.has(namespace.toLowerCase())) continue;
    try {
      await az('provider', 'register', '--namespace', namespace, '--subscription', subscription, '--wait');
    } catch (error) {
      if (!(error instanceof AzureCliError)) throw error;
      complaints.push(
        `The resource provider ${namespace} is not registered. Somebody who may has to: az provider register --namespace ${namespace} (${error.message})`,
      );
    }
  }
  return complaints;
}

/** The namespaces of all resources in infra/, which are not typed a second time. */
export function namespacesOf({ hasCommunication }: Pick<Wishes, 'hasCommunication'>): readonly string[] {
  const infra = path.resolve(import.meta.dirname, '../../../infra');
  const files = ['main.bicep', ...readdirSync(path.join(infra, 'modules')).map((file) => path.join('modules', file))];
  const needed = files
    .filter((file) => file.endsWith('.bicep') && (hasCommunication || !file.includes('communication')))
    .flatMap((file) => [...readFileSync(path.join(infra, file), 'utf8').matchAll(/'(Microsoft\.\w+)\//g)])
    .flatMap(([, namespace]) => namespace ?? []);
  return [...new Set(needed)].sort();
}
