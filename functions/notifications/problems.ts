import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** What the rules of notifications refuse. */
export const notificationProblems = {
  'already-sent': {
    status: 409,
    meaning: 'a provider has taken the delivery already',
    remedy: 'leave it: where it went can be seen in `GET /deliveries`',
  },
} as const satisfies ProblemTable;
