import { z } from 'zod';
import type { AzureCli } from '../azure-cli.ts';
import { azJson, getFromArm } from './az-json.ts';
import type { Wishes } from './wishes.ts';

const Permissions = z.object({
  value: z.array(z.object({ actions: z.array(z.string()), notActions: z.array(z.string()).default([]) })),
});

/** What infra/main.bicep does to a subscription, and which right that asks for. */
const deeds = {
  'make resource groups': 'Microsoft.Resources/subscriptions/resourceGroups/write',
  'deploy to it': 'Microsoft.Resources/deployments/write',
  'give the apps their roles': 'Microsoft.Authorization/roleAssignments/write',
};

/**
 * Whether whoever is logged in may do all that has to be done.
 * Source: https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group (for a subscription alike)
 */
export async function missingRights(az: AzureCli, { subscription }: Wishes): Promise<readonly string[]> {
  const path = `/subscriptions/${subscription}/providers/Microsoft.Authorization/permissions`;
  const { value } = await azJson(az, Permissions, ...getFromArm(path, 'api-version=2022-04-01'));
  const may = (action: string) =>
    value.some(({ actions, notActions }) => covers(actions, action) && !covers(notActions, action));
  const missing = Object.entries(deeds).filter(([, action]) => !may(action));
  if (missing.length === 0) return [];
  const told = missing.map(([deed, action]) => `${deed} (${action})`).join(', ');
  return [
    `In the subscription ${subscription} you may not ${told}: have yourself given Owner, or Contributor with Role Based Access Control Administrator.`,
  ];
}

/** Patterns of actions have `*` for anything. */
function covers(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replaceAll(/[.\\/]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
  });
}
