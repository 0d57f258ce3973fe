import { type Endpoint, takesIdempotencyKey } from '../../capabilities/endpoint.ts';
import type { ProblemCode } from '../../http/problems/catalogue.ts';
import { routeProblems } from '../route-problems.ts';

const ofParams: readonly ProblemCode[] = ['not-found'];
const ofQuery: readonly ProblemCode[] = ['invalid-query'];
const ofBody: readonly ProblemCode[] = ['invalid-body', 'body-too-large', 'length-required', 'unsupported-media-type'];
const ofIdempotencyKey: readonly ProblemCode[] = ['invalid-idempotency-key', 'idempotency-key-reused'];
const ofCommit: readonly ProblemCode[] = ['contended', 'too-large'];
const ofStore: readonly ProblemCode[] = ['unavailable'];

type Shape = Pick<Endpoint, 'method' | 'roles' | 'params' | 'query' | 'body' | 'problems' | 'answersSecret'>;

/** Every problem that an endpoint may answer with: those it declares, and those of the wrapper by what it takes. */
export function problemsOf({ roles, params, query, body, problems, ...endpoint }: Shape): ReadonlySet<string> {
  return new Set<string>([
    ...problems,
    ...routeProblems({ roles }),
    ...(params === undefined ? [] : ofParams),
    ...(query === undefined ? [] : ofQuery),
    ...(body === undefined ? [] : [...ofBody, ...body.accepts.flatMap((format) => format.problems)]),
    ...(takesIdempotencyKey(endpoint) ? ofIdempotencyKey : []),
    ...(endpoint.method === 'GET' ? [] : ofCommit),
    ...ofStore,
  ]);
}
