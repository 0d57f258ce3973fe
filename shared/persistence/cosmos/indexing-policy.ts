/** What lists of a service ask for besides kind and id, by the names of the documents' fields. */
export interface ListIndexes {
  /** Fields that lists are filtered by. */
  readonly filtered: readonly string[];
  /** Fields that lists are sorted by. */
  readonly sorted: readonly string[];
}

/**
 * Only what is asked for is indexed (kinds, what is due, ids, which lists sort by, and what a service says), which halves
 * the price of a write.
 */
export function indexingPolicyOf({ filtered, sorted }: ListIndexes = { filtered: [], sorted: [] }) {
  const fields = new Set(['id', 'kind', 'dueAt', ...filtered, ...sorted]);
  const ascending = (field: string) => ({ path: `/${field}`, order: 'ascending' as const });
  return {
    indexingMode: 'consistent' as const,
    includedPaths: [...fields].map((field) => ({ path: `/${field}/?` })),
    excludedPaths: [{ path: '/*' }],
    // One direction serves both: an index can be read backwards.
    compositeIndexes: sorted.map((field) => ['kind', field, 'id'].map(ascending)),
  };
}
