import { z } from 'zod';
import { type AzureCli, AzureCliError } from '../azure-cli.ts';
import { emptyApps } from './apps.ts';
import { deletedVaults, movedGroup, placeOfGroup } from './earlier.ts';
import { takenNames } from './names.ts';
import { unregisteredProviders } from './providers.ts';
import { exceededQuotas } from './quota.ts';
import { closedStore, missingPlan } from './region.ts';
import { missingRights } from './rights.ts';
import type { Wishes } from './wishes.ts';

/** What stands in the way of a deployment, a line each with what to change, and what nobody could be asked about. */
export interface Preflight {
  readonly complaints: readonly string[];
  readonly unchecked: readonly string[];
}

type Check = (az: AzureCli, wishes: Wishes) => Promise<readonly string[]>;

const always: Readonly<Record<string, Check>> = {
  'the rights': missingRights,
  'the resource providers': unregisteredProviders,
  'the plan of the apps': missingPlan,
  'Cosmos DB': closedStore,
  'deleted vaults': deletedVaults,
};
const beforeTheFirstTime: Readonly<Record<string, Check>> = { 'the names': takenNames, 'the quotas': exceededQuotas };

const Account = z.object({ state: z.string() });

/**
 * Finds out in half a minute what would end a deployment after half an hour. It changes nothing, save that it registers resource
 * providers.
 *
 * @throws AzureCliError where `az` is not there, or nobody is logged in.
 */
export async function preflight(az: AzureCli, wishes: Wishes): Promise<Preflight> {
  const account = Account.parse(
    JSON.parse(await az('account', 'show', '--subscription', wishes.subscription, '--output', 'json')),
  );
  if (account.state !== 'Enabled')
    return {
      complaints: [`The subscription ${wishes.subscription} is ${account.state}: enable it, or take another.`],
      unchecked: [],
    };
  const place = await placeOfGroup(az, wishes);
  const complaints = [...emptyApps(wishes), ...(place === undefined ? [] : movedGroup(wishes, place))];
  const unchecked: string[] = [];
  for (const [what, check] of Object.entries({ ...always, ...(place === undefined ? beforeTheFirstTime : {}) })) {
    try {
      complaints.push(...(await check(az, wishes)));
    } catch (error) {
      // Not to be allowed to ask, or an older az, is no reason not to deploy.
      if (!(error instanceof AzureCliError || error instanceof z.ZodError)) throw error;
      unchecked.push(`Not checked: ${what} (${error.message.split('\n')[0]}).`);
    }
  }
  return { complaints, unchecked };
}
