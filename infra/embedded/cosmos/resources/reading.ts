import { type CosmosRequest, headerOf } from '../http/request.ts';
import { type ConsistencyLevel, levelOf, replicasAsked } from '../model/consistency.ts';
import type { Container } from '../storage/container.ts';
import type { PastItems } from '../storage/past.ts';

/** How a request reads. */
export interface Reading {
  /** How many replicas it asks, each of which charges for what it reads. */
  readonly replicas: 1 | 2;
  /** What it sees, where a fault lets it see the past. */
  readonly past?: PastItems | undefined;
}

/** @throws CosmosError 400 when the request asks for more than the account gives. */
export function readingOf(request: CosmosRequest, { items }: Container, account: ConsistencyLevel): Reading {
  const { lateReader } = request;
  return {
    replicas: replicasAsked(levelOf(headerOf(request, 'x-ms-consistency-level'), account)),
    past: lateReader && items.seenBy(lateReader),
  };
}
