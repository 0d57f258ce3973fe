import { z } from 'zod';
import type { FaultGate, Verdict } from '../../faults/gate.ts';
import { CosmosError } from '../errors.ts';
import type { Address } from './address.ts';
import { documentOperationOf } from './document-operation.ts';
import { type CosmosRequest, headerOf } from './request.ts';

const serve: Verdict = { kind: 'serve' };

/**
 * Asks the gate what to do with a request on a container or its documents; everything else is served. A query's plan is not
 * asked about: the SDK fetches it beside the query, and a fault spent on it would be noticed by nobody.
 */
export function judge(
  gate: FaultGate | undefined,
  address: Address,
  request: CosmosRequest,
): Verdict | Promise<Verdict> {
  if (gate === undefined || !('container' in address)) return serve;
  const operation = operationOf(address, request);
  if (operation === undefined || operation === 'QueryPlan') return serve;
  return gate.judge({
    server: 'cosmos',
    operation,
    targets: [address.container],
    client: headerOf(request, 'user-agent') ?? '',
    // Looked into only for whoever asks: mostly nobody does.
    get parts() {
      return operation === 'Batch' || operation === 'Bulk' ? partsOf(request.body) : [];
    },
  });
}

const Operations = z.array(z.object({ operationType: z.string() }));

/** Of what is no list of operations nothing is known: it is refused once it is served. */
function partsOf(body: string): readonly string[] {
  try {
    return [...new Set(Operations.parse(JSON.parse(body)).map(({ operationType }) => operationType))];
  } catch {
    return [];
  }
}

function operationOf(address: Address, request: CosmosRequest): string | undefined {
  if (address.kind === 'container' || address.kind === 'ranges')
    return request.method === 'GET' ? 'ReadContainer' : undefined;
  const operation = documentOperationOf(address, request);
  return operation === 'ReadFeed' ? 'Query' : operation;
}

/**
 * The request as the gate wants it served.
 * @throws CosmosError when the gate refuses it as a whole.
 */
export function disturbed(request: CosmosRequest, verdict: Verdict): CosmosRequest {
  if (verdict.kind === 'stale') return { ...request, lateReader: { name: verdict.reader, asOf: verdict.asOf } };
  if (verdict.kind !== 'refuse') return request;
  const { status, substatus = 0, retryAfterMs, position } = verdict;
  const error = new CosmosError(status, 'The request was refused by the fault gate.', { substatus, retryAfterMs });
  if (position === undefined) throw error;
  return { ...request, refused: { position, error } };
}
