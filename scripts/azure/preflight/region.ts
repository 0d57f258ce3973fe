import { z } from 'zod';
import type { AzureCli } from '../azure-cli.ts';
import { azJson, getFromArm } from './az-json.ts';
import type { Wishes } from './wishes.ts';

const Named = z.array(z.object({ name: z.string() }));
const Versions = z.array(z.object({ version: z.string() }));

/** Whether the region has the plan of the apps, and their Node. */
export async function missingPlan(az: AzureCli, wishes: Wishes): Promise<readonly string[]> {
  return wishes.hosting === 'flex' ? missingFlex(az, wishes) : missingPremium(az, wishes);
}

async function missingFlex(az: AzureCli, { location, isProd, nodeVersion }: Wishes): Promise<readonly string[]> {
  const zones = isProd ? ['--zone-redundant', 'true'] : [];
  const regions = await azJson(az, Named, 'functionapp', 'list-flexconsumption-locations', ...zones);
  if (!has(regions, location)) {
    const what = isProd ? 'Flex Consumption over zones' : 'Flex Consumption';
    return [
      `${what} is not to be had in ${location}. Set AZURE_LOCATION to one of: ${list(regions)}; or LAGERHAUS_HOSTING to premium.`,
    ];
  }
  const runtimes = ['functionapp', 'list-flexconsumption-runtimes', '--location', location, '--runtime', 'node'];
  const versions = (await azJson(az, Versions, ...runtimes)).map(({ version }) => version);
  if (versions.includes(nodeVersion)) return [];
  return [
    `Flex Consumption in ${location} has no Node ${nodeVersion}. Set LAGERHAUS_NODE_VERSION: ${versions.join(', ')}.`,
  ];
}

async function missingPremium(az: AzureCli, { subscription, location }: Wishes): Promise<readonly string[]> {
  const path = `/subscriptions/${subscription}/providers/Microsoft.Web/geoRegions`;
  const parameters = ['sku=ElasticPremium', 'linuxWorkersEnabled=true', 'api-version=2024-11-01'];
  const { value: regions } = await azJson(az, z.object({ value: Named }), ...getFromArm(path, ...parameters));
  if (has(regions, location)) return [];
  return [`Elastic Premium on Linux is not to be had in ${location}. Set AZURE_LOCATION to one of: ${list(regions)}.`];
}

const CosmosRegion = z.object({
  properties: z.object({
    status: z.string(),
    supportsAvailabilityZone: z.boolean(),
    isSubscriptionRegionAccessAllowedForRegular: z.boolean(),
    isSubscriptionRegionAccessAllowedForAz: z.boolean(),
  }),
});

/** Whether the subscription may have an account of Cosmos DB there: busy regions are closed to new ones. */
export async function closedStore(
  az: AzureCli,
  { subscription, location, isProd }: Wishes,
): Promise<readonly string[]> {
  const question = ['cosmosdb', 'locations', 'show', '--location', location, '--subscription', subscription];
  const { properties } = await azJson(az, CosmosRegion, ...question);
  const ask = 'Set AZURE_LOCATION to another region, or ask for this one: https://aka.ms/cosmosdbquota.';
  if (isProd && !properties.supportsAvailabilityZone)
    return [
      `Cosmos DB has no zones in ${location}, which size prod asks for. Set AZURE_LOCATION to a region that has.`,
    ];
  if (isProd && !properties.isSubscriptionRegionAccessAllowedForAz)
    return [`Cosmos DB over zones is closed to your subscription in ${location}. ${ask}`];
  if (!isProd && !properties.isSubscriptionRegionAccessAllowedForRegular)
    return [`Cosmos DB is closed to your subscription in ${location}. ${ask}`];
  return properties.status === 'Online' ? [] : [`Cosmos DB in ${location} is ${properties.status}. Try again later.`];
}

/** The same region is `westeurope` here and `West Europe` there. */
function has(regions: z.output<typeof Named>, location: string): boolean {
  return regions.some(({ name }) => plain(name) === location);
}

function list(regions: z.output<typeof Named>): string {
  return regions
    .map(({ name }) => plain(name))
    .sort()
    .join(', ');
}

function plain(name: string): string {
  return name.replaceAll(' ', '').toLowerCase();
}
