import type { SqlQuerySpec } from '@azure/cosmos';

/** Which documents are asked for of those that are due. Times are ISO 8601 in UTC. */
export type DueQuestion =
  /** What commits owe the bus. */
  | { readonly of: 'outbox'; readonly now: string }
  /** What new documents carry of that, each for the commit that created it. */
  | { readonly of: 'carried'; readonly now: string }
  /** What an effect has to do: the documents of its kind. */
  | { readonly of: 'effect'; readonly now: string; readonly kind: string }
  /** Anything else of these kinds; of kinds that nobody here sees to only what is due since before `abandoned`. */
  | {
      readonly of: 'deadlines';
      readonly now: string;
      readonly kinds: readonly string[];
      /** Kinds of effects, which ask for themselves. */
      readonly except: readonly string[];
      readonly abandoned: string;
    };

/**
 * The query for what is due, and what will be by `until`, oldest first. Owed messages are asked for apart from deadlines: while the bus is away they
 * stay due, and would hide everything else. So would what an effect has to do while its provider is away. What is of other
 * kinds is not even read, so that it hides nothing either.
 */
export function dueQuery(question: DueQuestion, until: string): SqlQuerySpec {
  const due = { name: '@until', value: until };
  if (question.of === 'outbox')
    return {
      query: "SELECT * FROM c WHERE c.dueAt <= @until AND c.kind = 'outbox' ORDER BY c.dueAt",
      parameters: [due],
    };
  if (question.of === 'carried')
    return { query: 'SELECT * FROM c WHERE c.owes.dueAt <= @until ORDER BY c.owes.dueAt', parameters: [due] };
  if (question.of === 'effect')
    return {
      query: 'SELECT * FROM c WHERE c.dueAt <= @until AND c.kind = @kind ORDER BY c.dueAt',
      parameters: [due, { name: '@kind', value: question.kind }],
    };
  return {
    query: [
      "SELECT * FROM c WHERE c.dueAt <= @until AND c.kind != 'outbox' AND NOT ARRAY_CONTAINS(@except, c.kind)",
      'AND (ARRAY_CONTAINS(@kinds, c.kind) OR c.dueAt <= @abandoned) ORDER BY c.dueAt',
    ].join(' '),
    parameters: [
      due,
      { name: '@kinds', value: [...question.kinds] },
      { name: '@except', value: [...question.except] },
      { name: '@abandoned', value: question.abandoned },
    ],
  };
}
