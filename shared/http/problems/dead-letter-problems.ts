import type { ProblemTable } from './problem-table.ts';

/** Why a dead letter cannot be sent. */
export const deadLetterProblems = {
  'not-an-event': {
    status: 409,
    meaning: 'what arrived is no event (or it is a deadline, when you edit), so it cannot be edited or sent',
    remedy: 'discard it; a deadline can be replayed as it is',
  },
} as const satisfies ProblemTable;
