import { ConsistencyLevel, type Container, type CosmosClient } from '@azure/cosmos';

const levels = new WeakMap<CosmosClient, Promise<ConsistencyLevel | undefined>>();

/**
 * Whether a read is one at Strong consistency, which costs twice what it does at a weaker level
 * (https://learn.microsoft.com/azure/cosmos-db/consistency-levels#consistency-levels-and-throughput): that of the account, unless
 * the request asks for a weaker one.
 */
export async function isStrong({ database: { client } }: Container, asked?: string): Promise<boolean> {
  return (asked ?? (await levelOf(client))) === ConsistencyLevel.Strong;
}

function levelOf(client: CosmosClient) {
  const level = levels.get(client) ?? client.getDatabaseAccount().then(({ resource }) => resource?.consistencyPolicy);
  levels.set(client, level);
  return level;
}
