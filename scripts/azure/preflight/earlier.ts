import { z } from 'zod';
import { type AzureCli, AzureCliError } from '../azure-cli.ts';
import { azJson } from './az-json.ts';
import type { Wishes } from './wishes.ts';

const Group = z.object({ location: z.string() });

/** Where the group is that all is put into; undefined where there is none yet. */
export async function placeOfGroup(az: AzureCli, { subscription, environment }: Wishes): Promise<string | undefined> {
  const question = ['group', 'show', '--name', groupOf(environment), '--subscription', subscription];
  try {
    return (await azJson(az, Group, ...question)).location;
  } catch (error) {
    if (error instanceof AzureCliError && error.isNotFound) return undefined;
    throw error;
  }
}

/** A group stays where it is. */
export function movedGroup({ environment, location }: Wishes, place: string): readonly string[] {
  if (place === location) return [];
  return [
    `${groupOf(environment)} is in ${place}, where it stays: azd env set AZURE_LOCATION ${place}, or take another environment: azd env new.`,
  ];
}

const DeletedVaults = z.array(
  z.object({ name: z.string(), properties: z.object({ vaultId: z.string(), scheduledPurgeDate: z.string() }) }),
);

/** A vault that was deleted with its environment keeps its name until it is purged, which nobody may do earlier. */
export async function deletedVaults(az: AzureCli, wishes: Wishes): Promise<readonly string[]> {
  const { subscription, environment, location } = wishes;
  const question = ['keyvault', 'list-deleted', '--resource-type', 'vault', '--subscription', subscription];
  const group = groupOf(environment);
  return (await azJson(az, DeletedVaults, ...question))
    .filter(({ properties }) => properties.vaultId.toLowerCase().includes(`/resourcegroups/${group.toLowerCase()}/`))
    .map(
      ({ name, properties: { scheduledPurgeDate } }) =>
        `The vault ${name} of this environment was deleted, and keeps its name until ${scheduledPurgeDate}. Have it back by: az group create --name ${group} --location ${location} && az keyvault recover --name ${name} --resource-group ${group}; or take another environment: azd env new.`,
    );
}

function groupOf(environment: string): string {
  return `rg-${environment}`;
}
