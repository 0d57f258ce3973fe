import type { FaultGate, Verdict } from '../../faults/gate.ts';
import { CosmosError } from '../errors.ts';
import type { Address } from './address.ts';
import { documentOperationOf } from './document-operation.ts';
import { type CosmosRequest, headerOf } from './request.ts';

const serve: Verdict = { kind: 'serve' };

/**
 * Asks the gate what to do with a request on documents; everything else is served. A query's plan is not asked about:
 * the SDK fetches it beside the query, and a fault spent on it would be noticed by nobody.
 */
export function judge(
  gate: FaultGate | undefined,
  address: Address,
  request: CosmosRequest,
): Verdict | Promise<Verdict> {
  if (gate === undefined || !('container' in address)) return serve;
  const operation = documentOperationOf(address, request);
  if (operation === undefined || operation === 'QueryPlan') return serve;
  return gate.judge({
    server: 'cosmos',
    operation: operation === 'ReadFeed' ? 'Query' : operation,
    targets: [address.container],
    client: headerOf(request, 'user-agent') ?? '',
  });
}

/** The error that a gate's refusal becomes. */
export function refusal({ status, substatus, retryAfterMs }: Extract<Verdict, { kind: 'refuse' }>): CosmosError {
  return new CosmosError(status, 'The request was refused by the fault gate.', {
    substatus: substatus ?? 0,
    retryAfterMs,
  });
}
