import { ConsistencyLevel, type Container, type CosmosClient } from '@azure/cosmos';

const levels = new WeakMap<CosmosClient, Promise<ConsistencyLevel | undefined>>();

const dear: ReadonlySet<string> = new Set([ConsistencyLevel.Strong, ConsistencyLevel.BoundedStaleness]);

/**
 * Whether a read is one that asks two replicas, as at Strong and Bounded staleness, and so costs twice what it does at a weaker level
 * (https://learn.microsoft.com/azure/cosmos-db/consistency-levels#consistency-levels-and-throughput). The level is that of the
 * account, unless the request asks for a weaker one.
 */
export async function isStrong({ database: { client } }: Container, asked?: string): Promise<boolean> {
  const level = asked ?? (await levelOf(client));
  return level !== undefined && dear.has(level);
}

function levelOf(client: CosmosClient) {
  const level = levels.get(client) ?? client.getDatabaseAccount().then(({ resource }) => resource?.consistencyPolicy);
  levels.set(client, level);
  return level;
}
