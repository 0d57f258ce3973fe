import { ConsistencyLevel, type CosmosClient } from '@azure/cosmos';

/** Under these a read sees every write that was acknowledged before it, by whichever process, in the region of the writes. */
const current: ReadonlySet<string> = new Set([ConsistencyLevel.Strong, ConsistencyLevel.BoundedStaleness]);

/**
 * The account's default consistency, where it is weaker than the promises ask for: then what one process has written, another
 * may not see for a while. Nothing where it is strong enough, or where the account does not say.
 * Source: https://learn.microsoft.com/azure/cosmos-db/consistency-levels
 */
export async function weakConsistencyOf(client: CosmosClient): Promise<string | undefined> {
  const { resource } = await client.getDatabaseAccount();
  const level = resource?.consistencyPolicy;
  return level === undefined || current.has(level) ? undefined : level;
}

/** What is wrong with such an account, and what to do. */
export function consistencyWarning(level: string): string {
  return `Cosmos DB reads at ${level} consistency: a process may not see what another has written. Set the account's default consistency to Strong, or over several regions to Bounded staleness`;
}
