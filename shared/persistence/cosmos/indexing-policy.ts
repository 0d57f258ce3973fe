/** What lists of a service ask for besides kind and id, by the names of the documents' fields. */
export interface ListIndexes {
  /** Fields that lists are filtered by. */
  readonly filtered: readonly string[];
  /** Fields that lists are sorted by; `[a, b]` is by b within what has one value of a. */
  readonly sorted: readonly (string | readonly string[])[];
}

/**
 * Only what is asked for is indexed (kinds, what is due, ids, which lists sort by, and what a service says), which halves
 * the price of a write.
 */
export function indexingPolicyOf({ filtered, sorted }: ListIndexes = { filtered: [], sorted: [] }) {
  const fields = new Set(['id', 'kind', 'dueAt', 'owes.dueAt', ...filtered, ...sorted.flat()]);
  const ascending = (field: string) => ({ path: pathOf(field), order: 'ascending' as const });
  return {
    indexingMode: 'consistent' as const,
    includedPaths: [...fields].map((field) => ({ path: `${pathOf(field)}/?` })),
    excludedPaths: [{ path: '/*' }],
    // One direction serves both: an index can be read backwards.
    compositeIndexes: sorted.map((fields) => ['kind', ...[fields].flat(), 'id'].map(ascending)),
  };
}

/** What several parts of a service ask for, in one container. */
export function allIndexes(parts: readonly ListIndexes[]): ListIndexes | undefined {
  if (parts.length === 0) return undefined;
  const byName = new Map(parts.flatMap(({ sorted }) => sorted).map((fields) => [String(fields), fields]));
  return { filtered: [...new Set(parts.flatMap(({ filtered }) => filtered))], sorted: [...byName.values()] };
}

function pathOf(field: string): string {
  return `/${field.replace('.', '/')}`;
}
