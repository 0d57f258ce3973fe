import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AzureCli, AzureCliError } from '../azure-cli.ts';
import names from './names.json' with { type: 'json' };
import { sharedNames } from './names.ts';
import { preflight } from './preflight.ts';
import { namespacesOf } from './providers.ts';
import { readWishes } from './wishes.ts';

const infra = path.resolve(import.meta.dirname, '../../../infra');
const subscription = '11111111-1111-4111-8111-111111111111';
const dev = { AZURE_SUBSCRIPTION_ID: subscription, AZURE_LOCATION: 'westeurope', AZURE_ENV_NAME: 'shop' };
const prod = { ...dev, LAGERHAUS_SIZE: 'prod' };

const region = {
  status: 'Online',
  supportsAvailabilityZone: true,
  isSubscriptionRegionAccessAllowedForRegular: true,
  isSubscriptionRegionAccessAllowedForAz: true,
};
const usage = (value: string, currentValue: number | string, limit: number | string) => ({
  name: { value, localizedValue: value },
  currentValue,
  limit,
});

/** A subscription where all is well, by what a command begins with. */
const wellAnswers: Readonly<Record<string, unknown>> = {
  'account show': { state: 'Enabled' },
  'rest permissions': { value: [{ actions: ['*'], notActions: [] }] },
  'rest geoRegions': { value: [{ name: 'West Europe' }, { name: 'North Europe' }] },
  'rest usages': { value: [usage('EP1', 0, 10)] },
  'provider list': namespacesOf({ hasCommunication: true }).map((namespace) => ({
    namespace,
    registrationState: 'Registered',
  })),
  'functionapp list-flexconsumption-locations': [{ name: 'westeurope' }],
  'functionapp list-flexconsumption-runtimes': [{ version: '22' }, { version: '24' }],
  'cosmosdb locations': { properties: region },
  'keyvault list-deleted': [],
  'deployment sub': 'abcdefghijklm',
  'storage account check-name': { nameAvailable: true },
  'eventhubs namespace': { nameAvailable: true },
  'keyvault check-name': { nameAvailable: true },
  'cosmosdb check-name-exists': false,
  'storage account show-usage': usage('StorageAccounts', 3, 250),
  'network list-usages': [usage('VirtualNetworks', '4', '1000'), usage('NetworkSecurityGroups', '4', '5000')],
};

/** `az` with these answers; one that is an error is thrown, and what has none is not found. */
function cliOf(answers: Readonly<Record<string, unknown>>) {
  const calls: string[] = [];
  const az: AzureCli = async (...args) => {
    const line = args[0] === 'rest' ? `rest ${/(\w+) --url-parameters/.exec(args.join(' '))?.[1]}` : args.join(' ');
    calls.push(line);
    const [, answer] = Object.entries(answers).find(([command]) => line.startsWith(command)) ?? [];
    if (answer === undefined) throw new AzureCliError('(ResourceGroupNotFound) Resource group could not be found.');
    if (answer instanceof Error) throw answer;
    return JSON.stringify(answer);
  };
  return { az, calls };
}

function complaintsWith(
  answers: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = dev,
) {
  return preflight(cliOf({ ...wellAnswers, ...answers }).az, readWishes(environment));
}

describe('the check before provisioning', () => {
  it.each([
    ['dev', dev],
    ['prod', prod],
    ['prod on Flex Consumption', { ...prod, LAGERHAUS_HOSTING: 'flex' }],
  ])('nothing is complained of where all is well: %s', async (_, environment) => {
    expect(await complaintsWith({}, environment)).toEqual({ complaints: [], unchecked: [] });
  });

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, unknown>>, string]>([
    [
      'a right that is missing',
      dev,
      { 'rest permissions': { value: [{ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }] } },
      'you may not give the apps their roles (Microsoft.Authorization/roleAssignments/write)',
    ],
    [
      'a region without the plan',
      dev,
      { 'functionapp list-flexconsumption-locations': [{ name: 'East US' }] },
      'Set AZURE_LOCATION to one of: eastus',
    ],
    [
      'a region without the other plan',
      prod,
      { 'rest geoRegions': { value: [{ name: 'East US' }] } },
      'Elastic Premium on Linux is not to be had in westeurope',
    ],
    [
      'a Node that the plan does not have',
      dev,
      { 'functionapp list-flexconsumption-runtimes': [{ version: '22' }] },
      'Set LAGERHAUS_NODE_VERSION: 22',
    ],
    [
      'a store that is closed to the subscription',
      dev,
      { 'cosmosdb locations': { properties: { ...region, isSubscriptionRegionAccessAllowedForRegular: false } } },
      'https://aka.ms/cosmosdbquota',
    ],
    [
      'a store without zones',
      prod,
      { 'cosmosdb locations': { properties: { ...region, supportsAvailabilityZone: false } } },
      'Cosmos DB has no zones in westeurope',
    ],
    [
      'a name that is taken',
      dev,
      { 'eventhubs namespace': { nameAvailable: false } },
      'The name evhns-abcdefghijklm is taken',
    ],
    [
      'the name of an account that exists',
      dev,
      { 'cosmosdb check-name-exists': true },
      'The name cosmos-abcdefghijklm is taken',
    ],
    [
      'a vault that was deleted with the environment',
      dev,
      {
        'keyvault list-deleted': [
          {
            name: 'kv-abcdefghijklm',
            properties: {
              vaultId: `/subscriptions/${subscription}/resourceGroups/RG-shop/providers/Microsoft.KeyVault/vaults/kv-abcdefghijklm`,
              scheduledPurgeDate: '2026-12-06T10:00:00Z',
            },
          },
        ],
      },
      'az keyvault recover --name kv-abcdefghijklm --resource-group rg-shop',
    ],
    [
      'a quota that is used up',
      dev,
      { 'storage account show-usage': usage('StorageAccounts', 250, 250) },
      '250 of 250 are there',
    ],
    [
      'too few instances for all apps',
      prod,
      { 'rest usages': { value: [usage('EP1', 9, 10)] } },
      '2 more instances of Elastic Premium EP1 are needed',
    ],
    [
      'a group that is somewhere else',
      dev,
      { 'group show': { location: 'northeurope' } },
      'azd env set AZURE_LOCATION northeurope',
    ],
    [
      'an app without a service of azure.yaml',
      { ...dev, LAGERHAUS_APPS: '[{"name":"back","services":[]}]' },
      {},
      'give azure.yaml a service of that name',
    ],
    ['a subscription that is switched off', dev, { 'account show': { state: 'Disabled' } }, 'is Disabled'],
  ])('%s is complained of in one line that says what to change', async (_, environment, answers, told) => {
    const { complaints, unchecked } = await complaintsWith(answers, environment);
    expect(complaints).toEqual([expect.stringContaining(told)]);
    expect(unchecked).toEqual([]);
  });

  it('a resource provider that is not registered is registered, and complained of where that is refused', async () => {
    const others = namespacesOf({ hasCommunication: false }).filter((namespace) => namespace !== 'Microsoft.EventHub');
    const known = others.map((namespace) => ({ namespace, registrationState: 'Registered' }));
    const allowed = cliOf({ ...wellAnswers, 'provider list': known, 'provider register': '' });
    expect((await preflight(allowed.az, readWishes(dev))).complaints).toEqual([]);
    expect(allowed.calls).toContain(
      `provider register --namespace Microsoft.EventHub --subscription ${subscription} --wait`,
    );
    const refused = { 'provider list': known, 'provider register': new AzureCliError('AuthorizationFailed') };
    expect((await complaintsWith(refused)).complaints).toEqual([expect.stringContaining('Microsoft.EventHub')]);
  });

  it('names and quotas are not asked for where the environment is there already: they are its own', async () => {
    const { az, calls } = cliOf({ ...wellAnswers, 'group show': { location: 'westeurope' } });
    await preflight(az, readWishes(dev));
    expect(calls.filter((line) => /^deployment|check-name|usage/.test(line))).toEqual([]);
  });

  it('what az cannot tell is said to be unchecked, and keeps nobody from deploying', async () => {
    const old = {
      'functionapp list-flexconsumption-locations': new AzureCliError("'list-flexconsumption-locations' is misspelled"),
    };
    expect(await complaintsWith(old)).toEqual({
      complaints: [],
      unchecked: ["Not checked: the plan of the apps ('list-flexconsumption-locations' is misspelled)."],
    });
  });

  it('nothing is asked of a subscription that nobody is logged in to', async () => {
    await expect(complaintsWith({ 'account show': new AzureCliError('Please run az login') })).rejects.toThrow(
      'az login',
    );
  });
});

describe('what the check takes from Bicep', () => {
  it('the suffix is reckoned as in main.bicep', () => {
    const bicep = readFileSync(path.join(infra, 'main.bicep'), 'utf8');
    expect(bicep).toContain('var suffix = toLower(uniqueString(subscription().id, environmentName, location))');
    expect(names.outputs.suffix.value).toBe(
      "[toLower(uniqueString(subscription().id, parameters('environmentName'), parameters('location')))]",
    );
  });

  it('every name that is asked for is one that a module gives', () => {
    const modules = readdirSync(path.join(infra, 'modules')).filter((file) => file.endsWith('.bicep'));
    const bicep = modules.map((file) => readFileSync(path.join(infra, 'modules', file), 'utf8')).join('\n');
    expect(sharedNames.filter(({ prefix }) => !bicep.includes(`name: '${prefix}\${suffix}'`))).toEqual([]);
  });

  it('the resource providers are those of the resources, with that of Communication Services where it is wished for', () => {
    const without = namespacesOf({ hasCommunication: false });
    expect(without).toEqual(
      expect.arrayContaining(['Microsoft.App', 'Microsoft.DocumentDB', 'Microsoft.EventHub', 'Microsoft.Web']),
    );
    expect(namespacesOf({ hasCommunication: true })).toEqual([...without, 'Microsoft.Communication'].sort());
  });
});

describe('what is wished for', () => {
  it('an empty variable is one that nobody has set', () => {
    expect(readWishes({ ...dev, LAGERHAUS_HOSTING: '', LAGERHAUS_APPS: '' })).toMatchObject({
      hosting: 'flex',
      apps: ['main'],
    });
  });

  it('the apps of the guide run every service once', () => {
    const guide = readFileSync(path.resolve(infra, '../docs/deploy.md'), 'utf8');
    const [, apps = ''] = /`LAGERHAUS_APPS` as `(\[.*?\])`/.exec(guide) ?? [];
    expect(readWishes({ ...dev, LAGERHAUS_APPS: apps }).apps).toEqual(['main', 'rest']);
  });

  it.each([
    ['AZURE_LOCATION', 'West Europe', 'as az account list-locations names it'],
    ['AZURE_ENV_NAME', 'a shop', 'letters, digits and hyphens'],
    ['LAGERHAUS_SIZE', 'huge', 'LAGERHAUS_SIZE: '],
    ['LAGERHAUS_APPS', '[{', 'is no JSON'],
    ['LAGERHAUS_APPS', '[{"name":"main","services":["storefront"]}]', 'LAGERHAUS_APPS.0.services.0: '],
    [
      'LAGERHAUS_APPS',
      '[{"name":"a","services":["orders"]},{"name":"b","services":["orders"]}]',
      'must run each service in one app',
    ],
  ])('%s=%s is refused with what to change', (name, value, told) => {
    expect(() => readWishes({ ...dev, [name]: value })).toThrow(told);
  });
});
