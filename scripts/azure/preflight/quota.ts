import { z } from 'zod';
import type { AzureCli } from '../azure-cli.ts';
import { azJson, getFromArm } from './az-json.ts';
import type { Wishes } from './wishes.ts';

/** Used and allowed, as each provider tells it. */
const Usage = z.object({
  name: z.object({ value: z.string(), localizedValue: z.string().optional() }),
  currentValue: z.coerce.number(),
  limit: z.coerce.number(),
});
/** A list, a list in an answer of Azure Resource Manager, or the one number that there is. */
const Usages = z.union([
  z.array(Usage),
  z.object({ value: z.array(Usage) }).transform(({ value }) => value),
  Usage.transform((usage) => [usage]),
]);

interface Need {
  readonly what: string;
  readonly count: number;
  /** How the provider calls it. */
  readonly name: RegExp;
}

/** Whether the subscription may have so many more of what is counted, in this region. */
export async function exceededQuotas(az: AzureCli, wishes: Wishes): Promise<readonly string[]> {
  const { subscription, location, isProd, hosting, apps, instances } = wishes;
  const at = ['--location', location, '--subscription', subscription];
  const exceeded = async (question: readonly string[], ...needs: readonly Need[]) => {
    const usages = await azJson(az, Usages, ...question);
    return needs.flatMap((need) => complaints(need, usages, location));
  };
  const accounts = { what: 'storage accounts', count: hosting === 'premium' ? 2 : 1, name: /^StorageAccounts$/ };
  const network = { what: 'virtual networks', count: 1, name: /^VirtualNetworks$/ };
  const guard = { what: 'network security groups', count: 1, name: /^NetworkSecurityGroups$/ };
  const workers = { what: 'instances of Elastic Premium EP1', count: apps.length * instances, name: /\bEP1\b/ };
  const ofWeb = `/subscriptions/${subscription}/providers/Microsoft.Web/locations/${location}/usages`;
  const found = await Promise.all([
    exceeded(['storage', 'account', 'show-usage', ...at], accounts),
    isProd ? exceeded(['network', 'list-usages', ...at], network, guard) : [],
    hosting === 'premium' ? exceeded(getFromArm(ofWeb, 'api-version=2024-11-01'), workers) : [],
  ]);
  return found.flat();
}

/** What a provider does not count, it does not limit. */
function complaints({ what, count, name }: Need, usages: z.output<typeof Usages>, location: string) {
  const counted = usages.find((usage) => name.test(usage.name.value) || name.test(usage.name.localizedValue ?? ''));
  if (counted === undefined || counted.currentValue + count <= counted.limit) return [];
  const { currentValue, limit } = counted;
  return [
    `${count} more ${what} are needed in ${location}, and ${currentValue} of ${limit} are there: ask for more (https://portal.azure.com, Quotas), or set AZURE_LOCATION to another region.`,
  ];
}
