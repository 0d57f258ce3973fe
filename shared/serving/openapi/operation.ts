import type { Endpoint } from '../../capabilities/endpoint.ts';
import type { ProblemDescription, ProblemTable } from '../../http/problems/problem-table.ts';
import { problemsOf } from '../endpoints/endpoint-problems.ts';
import { type Page, pageProblems } from '../pages/page.ts';

/** What the API's description tells of something that is called. */
export interface ApiOperation
  extends Omit<
    Endpoint,
    | 'word'
    | 'handle'
    | 'isStillTrue'
    | 'beforeRepeat'
    | 'decidedBy'
    | 'needs'
    | 'problems'
    | 'rate'
    | 'takesSecret'
    | 'timeoutMs'
  > {
  /** What it belongs to: a service's name. */
  readonly tag: string;
  /** What a good answer is, where it has a body. */
  readonly mediaTypes: readonly string[];
  readonly problems: ReadonlyMap<string, ProblemDescription>;
}

/** What an operation belongs to, and every problem that there is. */
export interface Belonging {
  readonly tag: string;
  readonly known: ProblemTable;
}

/** An endpoint of a service. */
export function endpointOperation(called: Endpoint, { tag, known }: Belonging): ApiOperation {
  const {
    word: _,
    handle: __,
    needs: ___,
    takesSecret: ____,
    isStillTrue: _____,
    beforeRepeat: ______,
    decidedBy: _______,
    ...endpoint
  } = called;
  const hasConstraint = /\{\w+:/.test(endpoint.route);
  return {
    ...endpoint,
    tag,
    mediaTypes: ['application/json'],
    // What breaks a constraint of the route is none of its addresses.
    problems: described([...problemsOf(called), ...(hasConstraint ? ['no-such-route'] : [])], known),
  };
}

/** A page of the app itself. */
export function pageOperation(page: Page, { tag, known }: Belonging): ApiOperation {
  const { name, summary, route, roles, params, answer, mediaTypes } = page;
  return {
    name,
    summary,
    tag,
    method: 'GET',
    route,
    roles,
    forOthers: roles === 'public' ? [] : roles,
    params,
    query: undefined,
    body: undefined,
    answers: { 200: answer },
    answersSecret: false,
    decidedLater: undefined,
    headers: [],
    mediaTypes,
    problems: described(pageProblems(page), known),
  };
}

/** @throws Error where nobody describes a code. */
function described(codes: Iterable<string>, known: ProblemTable): ReadonlyMap<string, ProblemDescription> {
  return new Map(
    [...codes].map((code) => {
      const { [code]: description } = known;
      if (description === undefined) throw new Error(`nobody describes the problem ${code}`);
      return [code, description];
    }),
  );
}
