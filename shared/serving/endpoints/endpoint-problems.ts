import { type Endpoint, takesIdempotencyKey } from '../../capabilities/endpoint.ts';
import { json } from '../../http/bodies/json.ts';
import type { ProblemCode } from '../../http/problems/catalogue.ts';
import { routeProblems } from '../route-problems.ts';
import { isAdmitted } from './admit-undecided.ts';

const ofParams: readonly ProblemCode[] = ['not-found'];
/** Whatever it takes: a parameter or a body that it does not take is refused, too. */
const ofQuery: readonly ProblemCode[] = ['invalid-query'];
const ofBody: readonly ProblemCode[] = [
  'invalid-body',
  'body-too-large',
  'length-required',
  'invalid-encoding',
  'unsupported-media-type',
];
const ofIdempotencyKey: readonly ProblemCode[] = ['invalid-idempotency-key', 'idempotency-key-reused'];
const ofCommit: readonly ProblemCode[] = ['contended', 'too-large'];
const ofHeavyWork: readonly ProblemCode[] = ['too-busy'];
const ofAdmission: readonly ProblemCode[] = ['overloaded'];
const ofStore: readonly ProblemCode[] = ['unavailable'];

type Shape = Pick<
  Endpoint,
  'method' | 'roles' | 'params' | 'body' | 'problems' | 'answersSecret' | 'needs' | 'decidedLater'
>;

/** Every problem that an endpoint may answer with: those it declares, and those of the wrapper by what it takes. */
export function problemsOf({ roles, params, body, problems, needs, ...endpoint }: Shape): ReadonlySet<string> {
  return new Set<string>([
    ...problems,
    ...routeProblems({ roles }),
    ...(params === undefined ? [] : ofParams),
    ...ofQuery,
    ...(endpoint.method === 'GET'
      ? []
      : [...ofBody, ...(body?.accepts ?? [json]).flatMap((format) => format.problems)]),
    ...(takesIdempotencyKey(endpoint) ? ofIdempotencyKey : []),
    ...(endpoint.method === 'GET' ? [] : ofCommit),
    ...(needs.includes('inTurn') ? ofHeavyWork : []),
    ...(isAdmitted(endpoint) ? ofAdmission : []),
    ...ofStore,
  ]);
}
