import { z } from 'zod';
import { badRequest, unsupported } from '../errors.ts';
import { completePolicy, IndexingPolicy } from './indexing-policy.ts';

const Definition = z.looseObject({
  id: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/\\?#]*$/, 'must not contain / \\ ? #'),
  partitionKey: z.looseObject({
    paths: z.array(z.string().regex(/^(\/[^/]+)+$/, 'must look like /boundary')).min(1),
    kind: z.string().default('Hash'),
    version: z.number().default(2),
  }),
  indexingPolicy: IndexingPolicy.optional(),
  defaultTtl: z
    .int()
    .refine((ttl) => ttl === -1 || ttl > 0, 'must be -1 or a positive number of seconds')
    .optional(),
});

/** A container's definition, complete. */
export type ContainerDefinition = z.infer<typeof Definition> & { readonly indexingPolicy: IndexingPolicy };

/** Features that a definition may ask for, and that would silently not work here. */
export const refusedProperties: readonly [property: string, feature: string][] = [
  ['uniqueKeyPolicy', 'Unique keys'],
  ['computedProperties', 'Computed properties'],
  ['vectorEmbeddingPolicy', 'Vector embeddings'],
  ['fullTextPolicy', 'Full-text search'],
  ['clientEncryptionPolicy', 'Client-side encryption'],
  ['materializedViewDefinition', 'Materialized views'],
];

const alwaysThere = {
  conflictResolutionPolicy: { mode: 'LastWriterWins', conflictResolutionPath: '/_ts', conflictResolutionProcedure: '' },
  geospatialConfig: { type: 'Geography' },
};

/**
 * Reads the body of a request that creates or replaces a container.
 * @throws CosmosError 400 that names the property, or the feature that is not supported.
 */
export function parseContainerDefinition(body: unknown): ContainerDefinition {
  const parsed = Definition.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`The container definition is invalid: ${issue?.path.join('.')} ${issue?.message}.`);
  }
  const definition = parsed.data;
  for (const [property, feature] of refusedProperties) {
    if (asksForSomething(definition[property])) throw unsupported(feature);
  }
  const { paths, kind } = definition.partitionKey;
  if (paths.length > 1 || kind === 'MultiHash') throw unsupported('Hierarchical partition keys');
  if (kind !== 'Hash') throw badRequest(`The partition key kind '${kind}' is invalid. Use 'Hash'.`);
  return { ...alwaysThere, ...definition, indexingPolicy: completePolicy(definition.indexingPolicy) };
}

function asksForSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.values(value).some(asksForSomething);
  return value !== undefined && value !== null;
}
