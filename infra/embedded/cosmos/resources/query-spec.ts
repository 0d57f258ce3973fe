import { z } from 'zod';
import { badRequest } from '../errors.ts';
import type { Json } from '../json.ts';

const QuerySpec = z.object({
  query: z.string(),
  parameters: z.array(z.object({ name: z.string().startsWith('@'), value: z.unknown().optional() })).nullish(),
});

/** A query as it comes over the wire. */
export interface QuerySpec {
  readonly query: string;
  /** By name; a parameter without a value is undefined. */
  readonly parameters: ReadonlyMap<string, Json | undefined>;
}

/** @throws CosmosError 400 when the body is no query. */
export function parseQuerySpec(body: unknown): QuerySpec {
  const parsed = QuerySpec.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`The query is invalid: ${issue?.path.join('.')} ${issue?.message}.`);
  }
  // What comes out of JSON.parse is JSON.
  const parameters = (parsed.data.parameters ?? []).map(
    ({ name, value }) => [name, value as Json | undefined] as const,
  );
  return { query: parsed.data.query, parameters: new Map(parameters) };
}
