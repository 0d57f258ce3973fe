import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** What the rules of stock refuse. */
export const inventoryProblems = {
  'insufficient-stock': {
    status: 409,
    meaning: 'there is less of it than is asked for',
    remedy: 'ask for less, or receive goods first',
  },
} as const satisfies ProblemTable;
