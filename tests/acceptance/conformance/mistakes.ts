import type { CallParts } from './call.ts';
import type { DescribedApi, DescribedOperation, Parameter, Schema } from './described-api.ts';

/** A request that is wrong in one thing, and the status that tells of it. */
export interface Mistake {
  readonly what: string;
  readonly parts: CallParts;
  readonly status: number;
}

/** Tokens that do not do. */
export interface PoorTokens {
  /** With a role, or none, that may not call the operation. */
  readonly wrongRole: string;
}

/** Every mistake that the description lets one make, starting from a request that is right. */
export function mistakesIn(
  operation: DescribedOperation,
  right: CallParts,
  tokens: PoorTokens,
  api: DescribedApi,
): readonly Mistake[] {
  return [
    ...aboutTheCaller(operation, right, tokens),
    ...aboutHeaders(operation, right),
    ...inPath(operation, right),
    ...inQuery(operation, right),
    ...inBody(operation, right, api),
  ];
}

function aboutTheCaller(
  { isPublic }: DescribedOperation,
  right: CallParts,
  { wrongRole }: PoorTokens,
): readonly Mistake[] {
  if (isPublic) return [];
  return [
    { what: 'no token', parts: { ...right, token: undefined }, status: 401 },
    { what: 'a token that is none', parts: { ...right, token: 'x' }, status: 401 },
    { what: 'a role that does not do', parts: { ...right, token: wrongRole }, status: 403 },
  ];
}

/** A value that no such header can have, and what is answered. */
const wrongHeaders: readonly (readonly [name: string, value: string, status: number])[] = [
  ['Idempotency-Key', 'two words', 400],
  ['If-Match', '"999"', 412],
  ['x-tenant', 'NO TENANT', 400],
];

function aboutHeaders({ parameters }: DescribedOperation, right: CallParts): readonly Mistake[] {
  return wrongHeaders
    .filter(([header]) => parameters.some(({ name }) => name === header))
    .map(([header, value, status]) => ({
      what: `${header}: ${value}`,
      parts: { ...right, headers: { ...right.headers, [header]: value } },
      status,
    }));
}

function inPath({ parameters }: DescribedOperation, right: CallParts): readonly Mistake[] {
  return namesIn(parameters, 'path').map(({ name }) => ({
    what: `${name} that names nothing`,
    parts: { ...right, params: { ...right.params, [name]: '~ ~' } },
    status: 404,
  }));
}

function inQuery({ parameters }: DescribedOperation, right: CallParts): readonly Mistake[] {
  const query = namesIn(parameters, 'query');
  const withQuery = (what: string, name: string, value: string): Mistake => ({
    what,
    parts: { ...right, query: { ...right.query, [name]: value } },
    status: 422,
  });
  if (query.length === 0) return [];
  return [
    withQuery('a parameter that is not known', 'no-such-parameter', 'x'),
    ...query
      .filter(
        ({ name, schema }) =>
          schema.pattern !== undefined ||
          schema.type !== 'string' ||
          schema.enum !== undefined ||
          name === 'continuation',
      )
      .map(({ name }) => withQuery(`${name} of another kind`, name, '~ ~')),
  ];
}

function inBody({ body }: DescribedOperation, right: CallParts, api: DescribedApi): readonly Mistake[] {
  const content = body?.['application/json'];
  if (content === undefined) return [];
  const mistake = (what: string, sent: unknown, status = 422, headers = {}): Mistake => ({
    what,
    parts: { ...right, headers: { ...right.headers, ...headers }, body: sent },
    status,
  });
  const { properties = {}, required = [] } = api.resolved(content.schema);
  const fields = Object.entries(properties as Record<string, Schema>);
  const sent = Object(right.body);
  return [
    mistake('JSON that breaks off', '{"', 400),
    mistake('another media type', 'text', 415, { 'content-type': 'text/plain' }),
    mistake('a list', []),
    mistake('a field that is not known', { ...sent, 'no such field': 1 }),
    ...(required as readonly string[]).map((name) => mistake(`no ${name}`, { ...sent, [name]: undefined })),
    ...fields.map(([name, schema]) =>
      mistake(`${name} of another type`, { ...sent, [name]: otherThan(api.resolved(schema)) }),
    ),
  ];
}

function namesIn(parameters: readonly Parameter[], place: Parameter['in']): readonly Parameter[] {
  return parameters.filter((parameter) => parameter.in === place);
}

/** A value of a type that the schema does not have. */
function otherThan({ type, anyOf, enum: choices, const: only }: Schema): unknown {
  const isText = type === 'string' || choices !== undefined || only !== undefined || anyOf !== undefined;
  return isText ? [1.5] : 'text';
}
