import type { Endpoint } from '../../capabilities/endpoint.ts';
import type { ProblemCode } from '../../http/problems/catalogue.ts';
import { problemsOf } from '../endpoints/endpoint-problems.ts';
import { type Page, pageProblems } from '../pages/page.ts';

/** What the API's description tells of something that is called. */
export interface ApiOperation extends Omit<Endpoint, 'word' | 'handle' | 'needs' | 'problems' | 'timeoutMs'> {
  /** What it belongs to: a service's name. */
  readonly tag: string;
  /** What a good answer is, where it has a body. */
  readonly mediaTypes: readonly string[];
  readonly problems: ReadonlySet<ProblemCode>;
}

/** An endpoint of a service. */
export function endpointOperation(called: Endpoint, tag: string): ApiOperation {
  const { word: _, handle: __, needs: ___, ...endpoint } = called;
  const hasConstraint = /\{\w+:/.test(endpoint.route);
  return {
    ...endpoint,
    tag,
    mediaTypes: ['application/json'],
    // What breaks a constraint of the route is none of its addresses.
    problems: new Set([...problemsOf(endpoint), ...(hasConstraint ? (['no-such-route'] as const) : [])]),
  };
}

/** A page of the app itself. */
export function pageOperation(page: Page, tag: string): ApiOperation {
  const { name, summary, route, roles, params, answer, mediaTypes } = page;
  return {
    name,
    summary,
    tag,
    method: 'GET',
    route,
    roles,
    params,
    query: undefined,
    body: undefined,
    answers: { 200: answer },
    answersSecret: false,
    headers: [],
    mediaTypes,
    problems: pageProblems(page),
  };
}
