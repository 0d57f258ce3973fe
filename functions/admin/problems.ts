import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** What would break if it were set. */
export const adminProblems = {
  'timeout-too-long': {
    status: 422,
    meaning: 'orders would wait for longer than their events are kept, so that nobody could answer for them any more',
    remedy: 'set no longer `orders.timeout` than `EVENT_RETENTION`',
  },
} as const satisfies ProblemTable;
