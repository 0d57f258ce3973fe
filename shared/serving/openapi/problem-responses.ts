import type { JsonObject } from '../../http/json-schema.ts';
import { type ProblemCode, problems } from '../../http/problems/catalogue.ts';
import { titleOf } from '../../http/problems/problem.ts';
import { ProblemDocument } from '../../http/problems/problem-document.ts';
import type { ComponentSchemas } from './component-schemas.ts';
import type { ApiOperation } from './operation.ts';
import { headerRef } from './shared-headers.ts';

type Schemas = Pick<ComponentSchemas, 'of'>;

/** Headers of problems, by status. */
const headersByStatus: Readonly<Record<number, JsonObject>> = {
  401: { 'WWW-Authenticate': headerRef('WWWAuthenticate') },
  429: { 'Retry-After': headerRef('RetryAfter') },
  503: { 'Retry-After': headerRef('RetryAfter') },
};

/** The problems of an operation that have one status. */
export interface Refusal {
  readonly status: number;
  readonly codes: readonly ProblemCode[];
}

export function refusalsOf({ problems: codes }: Pick<ApiOperation, 'problems'>): readonly Refusal[] {
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  return [...byStatus].map(([status, some]) => ({ status, codes: some.toSorted() }));
}

/** What several operations refuse alike is described once: the name of each refusal that is. */
export function namedRefusals(operations: readonly ApiOperation[]): ReadonlyMap<string, Refusal> {
  const alike = Map.groupBy(operations.flatMap(refusalsOf), nameOf);
  return new Map(
    [...alike].flatMap(([name, [refusal, ...others]]) => (refusal && others.length > 0 ? [[name, refusal]] : [])),
  );
}

/** As a component. */
export function nameOf({ codes }: Refusal): string {
  return codes.join('.');
}

export function refusalResponse({ status, codes }: Refusal, schemas: Schemas): JsonObject {
  const { [status]: headers } = headersByStatus;
  const types = codes.map((code) => `/problems/${code}`);
  const schema = {
    allOf: [
      schemas.of(ProblemDocument),
      {
        type: 'object',
        required: ['type', 'status'],
        properties: { type: { enum: types }, status: { const: status } },
      },
    ],
  };
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].meaning}`).join('; or '),
    ...(headers === undefined ? {} : { headers }),
    content: { 'application/problem+json': { schema, examples } },
  };
}

/** A problem of each code as an example. */
export function problemExamples(codes: Iterable<ProblemCode>): JsonObject {
  return Object.fromEntries([...codes].toSorted().map((code) => [code, exampleOf(code)]));
}

function exampleOf(code: ProblemCode): JsonObject {
  const { status, meaning, remedy } = problems[code];
  const instance = '0af7651916cd43dd8448eb211c80319c';
  const value = { type: `/problems/${code}`, title: titleOf(code), status, detail: meaning, instance };
  return { summary: titleOf(code), description: `What to do: ${remedy}.`, value };
}
