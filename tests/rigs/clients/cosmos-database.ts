import { CosmosClient, type Database } from '@azure/cosmos';
import type { StackFile } from '../../../infra/local/stack-file.ts';

/** The product's database, for what no route shows. Dispose of its client. */
export function cosmosDatabase({ endpoint, key, database }: StackFile['cosmos']): Database {
  const client = new CosmosClient({ endpoint, key, connectionPolicy: { enableEndpointDiscovery: false } });
  return client.database(database);
}
