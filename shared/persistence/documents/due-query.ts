import type { SqlQuerySpec } from '@azure/cosmos';

/** Which documents are asked for of those that are due. Times are ISO 8601 in UTC. */
export type DueQuestion =
  /** What commits owe the bus. */
  | { readonly of: 'outbox'; readonly now: string }
  /** Anything else of these kinds; of other kinds only what is due since before `abandoned`. */
  | { readonly of: 'deadlines'; readonly now: string; readonly kinds: readonly string[]; readonly abandoned: string };

/**
 * The query for what is due, oldest first. Owed messages are asked for apart from deadlines: while the bus is away they
 * stay due, and would hide everything else. What is of other kinds is not even read, so that it hides nothing either.
 */
export function dueQuery(question: DueQuestion): SqlQuerySpec {
  const now = { name: '@now', value: question.now };
  if (question.of === 'outbox')
    return {
      query: "SELECT * FROM c WHERE c.dueAt <= @now AND c.kind = 'outbox' ORDER BY c.dueAt",
      parameters: [now],
    };
  return {
    query: [
      "SELECT * FROM c WHERE c.dueAt <= @now AND c.kind != 'outbox'",
      'AND (ARRAY_CONTAINS(@kinds, c.kind) OR c.dueAt <= @abandoned) ORDER BY c.dueAt',
    ].join(' '),
    parameters: [
      now,
      { name: '@kinds', value: [...question.kinds] },
      { name: '@abandoned', value: question.abandoned },
    ],
  };
}
