import { z } from 'zod';
import { badRequest } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { type Path, valueIn } from './json-path.ts';

const path = z.looseObject({ path: z.string().startsWith('/') });

/** Several paths in an order, for queries that sort by exactly these. */
const compositeIndex = z
  .array(path.extend({ order: z.enum(['ascending', 'descending']).default('ascending') }))
  .min(2, 'needs at least two paths');

/** A container's indexing policy as clients send it. What is not read here is kept and given back. */
export const IndexingPolicy = z.looseObject({
  indexingMode: z.enum(['consistent', 'none', 'lazy']).default('consistent'),
  automatic: z.boolean().default(true),
  includedPaths: z.array(path).default([]),
  excludedPaths: z.array(path).default([]),
  compositeIndexes: z.array(compositeIndex).default([]),
});
export type IndexingPolicy = z.infer<typeof IndexingPolicy>;

/** What the service gives a container that says nothing. */
const defaultPolicy: IndexingPolicy = {
  indexingMode: 'consistent',
  automatic: true,
  includedPaths: [{ path: '/*' }],
  excludedPaths: [{ path: '/"_etag"/?' }],
  compositeIndexes: [],
};

/**
 * A policy with the paths of the default where it names none.
 * @throws CosmosError 400 when the root is neither included nor excluded, which the service insists on.
 */
export function completePolicy(policy: IndexingPolicy | undefined): IndexingPolicy {
  if (policy === undefined) return defaultPolicy;
  if (policy.indexingMode === 'none') return policy;
  const paths = [...policy.includedPaths, ...policy.excludedPaths];
  if (paths.length === 0)
    return { ...policy, includedPaths: defaultPolicy.includedPaths, excludedPaths: defaultPolicy.excludedPaths };
  if (!paths.some((entry) => entry.path === '/*')) {
    throw badRequest(
      'The special mandatory indexing path "/" is not provided in any of the path type sets. Please provide this path in one of the sets.',
    );
  }
  return policy;
}

/** The scalar paths that the policy names one by one, such as `/dueAt/?`. */
export function explicitPaths(policy: IndexingPolicy): readonly Path[] {
  return scalarPaths(policy.includedPaths);
}

/** A path of a composite index or of an ORDER BY. */
export interface SortedPath {
  readonly path: Path;
  readonly descending: boolean;
}

/**
 * Whether one of the policy's composite indexes has exactly these paths in this order, each in this direction or each in
 * the other one: an index can be read backwards.
 * @see https://learn.microsoft.com/azure/cosmos-db/index-policy#composite-indexes
 */
export function hasCompositeIndex(policy: IndexingPolicy, sorted: readonly SortedPath[]): boolean {
  return policy.compositeIndexes.some((index) => {
    const paths = index.map((entry) => ({ path: stepsOf(entry.path), descending: entry.order === 'descending' }));
    const isSamePath = (one: Path, other: Path | undefined) => JSON.stringify(one) === JSON.stringify(other);
    if (paths.length !== sorted.length || !paths.every(({ path }, n) => isSamePath(path, sorted[n]?.path)))
      return false;
    return new Set(paths.map(({ descending }, n) => descending === sorted[n]?.descending)).size === 1;
  });
}

function scalarPaths(entries: IndexingPolicy['includedPaths']): readonly Path[] {
  return entries
    .filter((entry) => entry.path.endsWith('/?') && !entry.path.includes('[]') && !entry.path.includes('*'))
    .map((entry) => stepsOf(entry.path));
}

/**
 * Whether the policy indexes a scalar at this path: the closest entry decides, and a scalar one beats a wildcard.
 * @see https://learn.microsoft.com/azure/cosmos-db/index-policy#includeexclude-precedence
 */
export function isIndexed(policy: IndexingPolicy, path: Path): boolean {
  if (policy.indexingMode === 'none') return false;
  const closeness = (entries: IndexingPolicy['includedPaths']) =>
    Math.max(-1, ...entries.map((entry) => closenessOf(entry.path, path)));
  return closeness(policy.includedPaths) >= Math.max(0, closeness(policy.excludedPaths));
}

function closenessOf(pattern: string, path: Path): number {
  const steps = stepsOf(pattern);
  const leads = steps.every((step, position) => step === path[position]);
  if (!leads) return -1;
  if (pattern.endsWith('/*')) return steps.length;
  return steps.length === path.length ? steps.length + 1 : -1;
}

function stepsOf(pattern: string): readonly string[] {
  return pattern
    .replace(/\/[?*]$/, '')
    .split('/')
    .slice(1)
    .map((step) => step.replace(/^"(.*)"$/, '$1'));
}

/** What of a policy says how many properties it indexes: worked out once, for it is asked with each write. */
interface Indexed {
  readonly isAll: boolean;
  readonly included: readonly Path[];
  readonly excluded: readonly Path[];
}

const indexedBy = new WeakMap<IndexingPolicy, Indexed>();

function indexedOf(policy: IndexingPolicy): Indexed {
  const known = indexedBy.get(policy);
  if (known !== undefined) return known;
  const indexed = {
    isAll: policy.includedPaths.some((entry) => entry.path === '/*'),
    included: explicitPaths(policy),
    excluded: scalarPaths(policy.excludedPaths),
  };
  indexedBy.set(policy, indexed);
  return indexed;
}

/** How many properties of a document the policy indexes, which is what a write pays for. */
export function indexedProperties(policy: IndexingPolicy, document: JsonObject): number {
  if (policy.indexingMode === 'none') return 0;
  const { isAll, included, excluded } = indexedOf(policy);
  const present = (paths: readonly Path[]) => paths.filter((path) => valueIn(document, path) !== undefined).length;
  return isAll ? scalarsIn(document) - present(excluded) : present(included);
}

function scalarsIn(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, part) => sum + scalarsIn(part), 0);
}
