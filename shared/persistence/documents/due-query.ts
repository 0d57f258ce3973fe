import type { SqlQuerySpec } from '@azure/cosmos';

/** Which documents are asked for of those that are due: what commits owe the bus, or anything else. */
export interface DueQuestion {
  readonly of: 'outbox' | 'deadlines';
  /** ISO 8601 in UTC. */
  readonly now: string;
}

/**
 * The query for what is due, oldest first. Owed messages are asked for apart from deadlines: while the bus is away they
 * stay due, and would hide everything else.
 */
export function dueQuery({ of, now }: DueQuestion): SqlQuerySpec {
  const kind = of === 'outbox' ? "c.kind = 'outbox'" : "c.kind != 'outbox'";
  return {
    query: `SELECT * FROM c WHERE c.dueAt <= @now AND ${kind} ORDER BY c.dueAt`,
    parameters: [{ name: '@now', value: now }],
  };
}
