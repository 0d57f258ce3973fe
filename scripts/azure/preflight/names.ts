import path from 'node:path';
import { z } from 'zod';
import type { AzureCli } from '../azure-cli.ts';
import { azJson } from './az-json.ts';
import type { Wishes } from './wishes.ts';

interface SharedName {
  /** How names of this kind begin in infra/modules, before the suffix. */
  readonly prefix: string;
  /** What to ask `az` about one. */
  readonly question: readonly string[];
}

/** Names that the whole world shares. */
export const sharedNames: readonly SharedName[] = [
  { prefix: 'st', question: ['storage', 'account', 'check-name'] },
  { prefix: 'stc', question: ['storage', 'account', 'check-name'] },
  { prefix: 'evhns-', question: ['eventhubs', 'namespace', 'exists'] },
  { prefix: 'kv-', question: ['keyvault', 'check-name', '--resource-type', 'vault'] },
  { prefix: 'cosmos-', question: ['cosmosdb', 'check-name-exists'] },
];

/** Cosmos DB says whether a name exists, all others whether it is to be had. */
const IsFree = z.union([
  z.boolean().transform((exists) => !exists),
  z.object({ nameAvailable: z.boolean() }).transform(({ nameAvailable }) => nameAvailable),
]);

/** Whether somebody has a name that we need. To be asked before the first deployment: later they are ours. */
export async function takenNames(az: AzureCli, wishes: Wishes): Promise<readonly string[]> {
  const suffix = await suffixOf(az, wishes);
  const taken: string[] = [];
  for (const { prefix, question } of sharedNames) {
    const name = `${prefix}${suffix}`;
    const isFree = await azJson(az, IsFree, ...question, '--name', name, '--subscription', wishes.subscription);
    if (!isFree)
      taken.push(`The name ${name} is taken. Take another environment, whose names end otherwise: azd env new.`);
  }
  return taken;
}

/** What Azure itself reckons the names of an environment to end in: a deployment of nothing, whose output it is. */
function suffixOf(az: AzureCli, { subscription, environment, location }: Wishes): Promise<string> {
  const template = path.join(import.meta.dirname, 'names.json');
  return azJson(
    az,
    z.string().min(1),
    ...['deployment', 'sub', 'create', '--name', `lagerhaus-names-${environment}`],
    ...['--location', location, '--subscription', subscription, '--template-file', template],
    ...['--parameters', `environmentName=${environment}`, `location=${location}`],
    ...['--query', 'properties.outputs.suffix.value'],
  );
}
