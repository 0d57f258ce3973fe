import { type CosmosRequest, headerOf } from '../http/request.ts';
import { type ConsistencyLevel, levelOf, replicasAsked } from '../model/consistency.ts';

/** How a request reads. */
export interface Reading {
  /** How many replicas it asks, each of which charges for what it reads. */
  readonly replicas: 1 | 2;
}

/** @throws CosmosError 400 when the request asks for more than the account gives. */
export function readingOf(request: CosmosRequest, account: ConsistencyLevel): Reading {
  return { replicas: replicasAsked(levelOf(headerOf(request, 'x-ms-consistency-level'), account)) };
}
