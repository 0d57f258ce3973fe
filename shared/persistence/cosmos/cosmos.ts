import { CosmosClient, type CosmosClientOptions, type Database } from '@azure/cosmos';
import { systemClock } from '../../clock.ts';
import { azureCredential } from '../../security/azure-credential.ts';
import type { Settings } from '../../settings/settings.ts';
import { cosmosHttpClient } from './cosmos-http-client.ts';
import { identityTokens } from './identity-tokens.ts';
import { withKnownPlans } from './known-plans.ts';
import { masterKeyTokens } from './master-key-tokens.ts';

type Account = Pick<Settings, 'COSMOS_ENDPOINT' | 'COSMOS_KEY' | 'COSMOS_DATABASE'>;

/**
 * The client of the account, and the database in it.
 *
 * Retries are left to the unit of work, which knows what may be sent twice; the SDK keeps only a short try after 429.
 * Reads are as current as the account's default says, which is to be Strong or Bounded staleness (`weakConsistencyOf`): a level
 * of the client's own could only weaken it. Without one the SDK sends no session tokens either.
 * A loopback account is reached without endpoint discovery: the SDK would resolve it to other addresses.
 */
export function openDatabase(settings: Account, tokenProvider = tokensOf(settings)): Database {
  const isLocal = new URL(settings.COSMOS_ENDPOINT).hostname === '127.0.0.1';
  const client = new CosmosClient({
    endpoint: settings.COSMOS_ENDPOINT,
    tokenProvider,
    httpClient: withKnownPlans(cosmosHttpClient()),
    connectionPolicy: {
      enableEndpointDiscovery: !isLocal,
      requestTimeout: 10_000,
      retryOptions: { maxRetryAttemptCount: 2, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 2 },
    },
  });
  return client.database(settings.COSMOS_DATABASE);
}

/** The account's key, where the settings have it, or else the identity that the process has on Azure. */
function tokensOf({
  COSMOS_KEY: key,
  COSMOS_ENDPOINT: endpoint,
}: Account): NonNullable<CosmosClientOptions['tokenProvider']> {
  return key === undefined ? identityTokens(azureCredential(), endpoint, systemClock) : masterKeyTokens(key);
}
