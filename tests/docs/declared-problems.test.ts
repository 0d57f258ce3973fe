import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '../../functions/services.ts';
import type { Endpoint } from '../../shared/capabilities/endpoint.ts';
import { json } from '../../shared/http/bodies/json.ts';
import { problemsOf } from '../../shared/serving/endpoints/endpoint-problems.ts';
import { isTest, sourceFiles } from '../house-rules/source-file.ts';
import { reachableProblems } from './reachable-problems.ts';
import { sourceModule } from './source-module.ts';

const root = path.resolve(import.meta.dirname, '../..');
const files = sourceFiles(root, ['functions', 'shared']).filter((file) => !isTest(file));
const modules = new Map(files.map((file) => [file.path, sourceModule(file)]));
const endpoints = (await Promise.all(files.filter(isCapability).map(endpointsIn))).flat();

/** The composition is no capability, and to import it is to start the app. */
function isCapability({ path: file }: { readonly path: string }): boolean {
  return /^functions\/\w+\//.test(file);
}

async function endpointsIn({ path: file }: { readonly path: string }) {
  const exported: object = await import(path.join(root, file));
  return Object.entries(exported).flatMap(([name, value]) =>
    isEndpoint(value) ? [{ origin: { path: file, name }, endpoint: value }] : [],
  );
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'word' in value && value.word === 'endpoint';
}

describe('the declared problems of endpoints', () => {
  it.each(endpoints)('$endpoint.name declares exactly the problems that its code can answer with', ({
    origin,
    endpoint,
  }) => {
    const reachable = reachableProblems(modules, origin);
    const declared: ReadonlySet<string> = problemsOf(endpoint);
    const undeclared = [...reachable].filter((code) => !declared.has(code));
    expect(undeclared, `${origin.path}: its code refuses these; add them to problems`).toEqual([]);
    const derived: ReadonlySet<string> = problemsOf({ ...endpoint, problems: [] });
    const idle = endpoint.problems.filter((code) => derived.has(code) || !reachable.has(code));
    expect(idle, `${origin.path}: the wrapper declares these, or nothing refuses them; drop them`).toEqual([]);
  });

  it('the declared problems are checked for every endpoint of every service', () => {
    const found = new Set(endpoints.map(({ endpoint }) => endpoint));
    expect(services.flatMap((service) => service.endpoints).filter((endpoint) => !found.has(endpoint))).toEqual([]);
  });
});

it('problems of the kernel’s wrapper are known without being declared by an endpoint', () => {
  const rules = { schema: z.object(), accepts: [json], maxBytes: 1 } as const;
  const shape = {
    method: 'POST',
    params: z.object(),
    query: z.object(),
    body: rules,
    problems: [],
    answersSecret: false,
    needs: ['inTurn'],
    decidedLater: { boundaryOf: () => '', isDecided: () => true, look: async () => undefined },
  } as const;
  const known: readonly string[] = [
    ...problemsOf({ ...shape, roles: 'public' }),
    ...problemsOf({ ...shape, roles: ['sales'] }),
    // What a handler calls for, the endpoint declares.
    'precondition-failed',
    'bus-unavailable',
  ];
  const reachable = [
    ['shared/serving/serve-route.ts', 'serveRoute'],
    ['shared/serving/endpoints/endpoint-route.ts', 'endpointRoute'],
    ['shared/http/bodies/json.ts', 'json'],
    ['shared/http/rate-limiter.ts', 'RateLimiter'],
  ].flatMap(([file = '', name = '']) => [...reachableProblems(modules, { path: file, name })]);
  expect([...new Set(known)].toSorted()).toEqual([...new Set(reachable)].toSorted());
});
