import type { ProblemTable } from './problem-table.ts';

/** Why a dead letter cannot be edited or sent. */
export const deadLetterProblems = {
  'not-an-event': {
    status: 409,
    meaning: 'what arrived is no event (or it is a deadline, when you edit), so it cannot be edited or sent',
    remedy: 'discard it; a deadline can be replayed as it is',
  },
  'unknown-event': {
    status: 409,
    meaning: 'no contract of this event type is in the code that runs',
    remedy: 'deploy the code that has it, then edit',
  },
  'newer-version': {
    status: 409,
    meaning: 'the event was written by newer code than runs here',
    remedy: 'finish the deployment; the letter is retried by itself',
  },
  'other-subject': {
    status: 422,
    meaning: 'the edited data are of another thing than the event is about',
    remedy: 'leave the ids as they are',
  },
} as const satisfies ProblemTable;
