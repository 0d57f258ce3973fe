import { badRequest } from '../errors.ts';

/** From the strongest to the weakest. */
export const consistencyLevels = ['Strong', 'BoundedStaleness', 'Session', 'ConsistentPrefix', 'Eventual'] as const;
export type ConsistencyLevel = (typeof consistencyLevels)[number];

/**
 * The level of a request: what it asks for, or the account's own.
 * @throws CosmosError 400 for one that is stronger than the account's, or that there is none of.
 */
export function levelOf(asked: string | undefined, account: ConsistencyLevel): ConsistencyLevel {
  if (asked === undefined) return account;
  const level = consistencyLevels.find((known) => known === asked);
  if (level === undefined) throw badRequest(`There is no consistency level ${asked}.`);
  if (consistencyLevels.indexOf(level) < consistencyLevels.indexOf(account))
    throw badRequest(
      `ConsistencyLevel ${asked} specified in the request is invalid when service is configured with consistency level ${account}. Ensure the request consistency level is not stronger than the service consistency level.`,
    );
  return level;
}

/** How many replicas a read asks, each of which charges for it. Source: https://learn.microsoft.com/azure/cosmos-db/consistency-levels */
export function replicasAsked(level: ConsistencyLevel): 1 | 2 {
  return level === 'Strong' || level === 'BoundedStaleness' ? 2 : 1;
}
