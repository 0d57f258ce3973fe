import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** Why a dead letter cannot be edited, and why events are not delivered again. */
export const operationsProblems = {
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
  'unknown-consumer': {
    status: 422,
    meaning: 'there is no such consumer',
    remedy: '`detail` names those that there are; `GET /api/v1/lag` does, too',
  },
  'nothing-to-replay': {
    status: 422,
    meaning: 'the consumer has no such subscriber, or takes none of these types',
    remedy: '`detail` names what there is',
  },
  'nothing-to-rebuild': {
    status: 422,
    meaning: 'the consumer has no projections',
    remedy: 'replay without `rebuild`',
  },
  'invalid-span': {
    status: 422,
    meaning: 'the span ends before it begins, or lies ahead, or there is none',
    remedy: 'mend `from` and `to`',
  },
  'span-forgotten': {
    status: 422,
    meaning: 'the span begins when it is not remembered any more what was done, so it could be done twice',
    remedy: 'begin later; `detail` says when',
  },
  'replay-running': {
    status: 409,
    meaning: 'another replay of this tenant is under way',
    remedy: 'wait for it, or stop it',
  },
} as const satisfies ProblemTable;
