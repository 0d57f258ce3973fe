import type { JsonObject } from '../../http/json-schema.ts';
import { titleOf } from '../../http/problems/problem.ts';
import { ProblemDocument } from '../../http/problems/problem-document.ts';
import type { ProblemDescription } from '../../http/problems/problem-table.ts';
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
  readonly problems: readonly CodedProblem[];
}

type CodedProblem = readonly [code: string, description: ProblemDescription];

export function refusalsOf({ problems }: Pick<ApiOperation, 'problems'>): readonly Refusal[] {
  const byStatus = Map.groupBy(byCode(problems), ([, { status }]) => status);
  return [...byStatus].map(([status, some]) => ({ status, problems: some }));
}

function byCode(problems: Iterable<CodedProblem>): readonly CodedProblem[] {
  return [...problems].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** What several operations refuse alike is described once: the name of each refusal that is. */
export function namedRefusals(operations: readonly ApiOperation[]): ReadonlyMap<string, Refusal> {
  const alike = Map.groupBy(operations.flatMap(refusalsOf), nameOf);
  return new Map(
    [...alike].flatMap(([name, [refusal, ...others]]) => (refusal && others.length > 0 ? [[name, refusal]] : [])),
  );
}

/** As a component. */
export function nameOf({ problems }: Refusal): string {
  return problems.map(([code]) => code).join('.');
}

export function refusalResponse({ status, problems }: Refusal, schemas: Schemas): JsonObject {
  const { [status]: headers } = headersByStatus;
  const types = problems.map(([code]) => `/problems/${code}`);
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
  const examples = Object.fromEntries(problems.map(([code]) => [code, { $ref: `#/components/examples/${code}` }]));
  return {
    description: problems.map(([code, { meaning }]) => `\`${code}\`: ${meaning}`).join('; or '),
    headers: { 'X-Request-Id': headerRef('XRequestId'), ...headers },
    content: { 'application/problem+json': { schema, examples } },
  };
}

/** A problem of each code as an example. */
export function problemExamples(operations: readonly ApiOperation[]): JsonObject {
  const problems = new Map(operations.flatMap((operation) => [...operation.problems]));
  return Object.fromEntries(byCode(problems).map(([code, description]) => [code, exampleOf(code, description)]));
}

function exampleOf(code: string, { status, meaning, remedy }: ProblemDescription): JsonObject {
  const instance = '0af7651916cd43dd8448eb211c80319c';
  const value = { type: `/problems/${code}`, title: titleOf(code), status, detail: meaning, instance };
  return { summary: titleOf(code), description: `What to do: ${remedy}.`, value };
}
