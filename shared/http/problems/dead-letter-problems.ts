import type { ProblemTable } from './problem-table.ts';

/** Why a dead letter cannot be sent. */
export const deadLetterProblems = {
  'not-an-event': {
    status: 409,
    meaning: 'what arrived is no event (or it is a deadline, when you edit), so it cannot be edited or sent',
    remedy: 'discard it; a deadline can be replayed as it is',
  },
  'event-cut': {
    status: 409,
    meaning: 'what arrived was too large to be kept whole, so it cannot be edited, sent or downloaded',
    remedy: '`source` says where on the topic it is; have its sender send less, and discard the letter',
  },
  'event-forgotten': {
    status: 409,
    meaning: 'the event is of a time of which it is not remembered any more what was done, so it could be done twice',
    remedy: 'do by the API what is missing, and discard the letter',
  },
} as const satisfies ProblemTable;
