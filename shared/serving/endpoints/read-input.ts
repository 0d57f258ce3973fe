import { z } from 'zod';
import type { Endpoint, EndpointContext } from '../../capabilities/endpoint.ts';
import { cutText } from '../../cut-text.ts';
import { json } from '../../http/bodies/json.ts';
import { type BodyRules, readBody } from '../../http/bodies/read-body.ts';
import type { IncomingRequest } from '../../http/incoming.ts';
import { parserOf } from '../../http/often-used.ts';
import { invalid, invalidContent, Problem } from '../../http/problems/problem.ts';

/** What a request asks an endpoint for, by the endpoint's schemas. */
export type Input = Pick<EndpointContext<unknown, unknown, unknown>, 'params' | 'query' | 'body'>;

/** @throws Problem where the request does not fit. */
export async function readInput(endpoint: Endpoint, request: IncomingRequest): Promise<Input> {
  const params = readParams(endpoint, request);
  const query = readQuery(endpoint, request);
  const rules = endpoint.body ?? noBody;
  const body =
    endpoint.method === 'GET' ? undefined : await readBody(request, { ...rules, schema: parserOf(rules.schema) });
  return { params, query, body };
}

/** Whoever sends more than `{}` where nothing is taken means something that would not be done. */
const noBody: BodyRules<z.ZodType> = {
  schema: z.strictObject({}).transform(() => undefined),
  accepts: [json],
  maxBytes: 1024,
};

/** A path that cannot name anything names nothing. */
function readParams({ params }: Endpoint, request: IncomingRequest): unknown {
  if (params === undefined) return undefined;
  const result = parserOf(params).safeParse(request.params);
  if (result.success) return result.data;
  throw new Problem(
    404,
    'not-found',
    result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}

/**
 * An empty parameter is not given, as an HTML form sends it for a field that was left empty; unless its schema takes an empty
 * text.
 */
function readQuery({ query }: Endpoint, { url }: IncomingRequest): unknown {
  const start = url.indexOf('?');
  if (start === -1 && query === undefined) return undefined;
  // Not `request.query`: the host keeps one value of each name.
  return parsedQuery(query ?? noQuery, start === -1 ? [] : [...new URLSearchParams(url.slice(start))]);
}

function parsedQuery(query: z.ZodType, pairs: readonly [name: string, value: string][]): unknown {
  refuseNames(pairs.map(([name]) => name));
  const sent = new Map(pairs);
  const first = parserOf(query).safeParse(Object.fromEntries(sent));
  if (first.success) return first.data;
  for (const { path } of first.error.issues) {
    const name = String(path[0]);
    if (sent.get(name) === '') sent.delete(name);
  }
  const result = parserOf(query).safeParse(Object.fromEntries(sent));
  if (result.success) return result.data;
  throw invalid('query', result.error);
}

function refuseNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw invalidContent('query', 'is given more than once', cutText(name, 100));
    seen.add(name);
  }
  // A schema passes it over.
  if (seen.has('__proto__')) throw invalidContent('query', 'is not a known field', '__proto__');
}

const noQuery = z.strictObject({}).transform(() => undefined);
