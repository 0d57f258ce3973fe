import type { ProblemTable } from './problem-table.ts';

/** What is not there, is there already, or has changed. */
export const existenceProblems = {
  'no-such-route': { status: 404, meaning: 'nothing is served at this path', remedy: 'check the path' },
  'method-not-allowed': {
    status: 405,
    meaning: 'this path is served, but not by this method',
    remedy: 'use one that `Allow` names',
  },
  'not-found': {
    status: 404,
    meaning: 'there is nothing under this id, or nothing that this caller may know of',
    remedy: 'check the id, and the tenant of the token',
  },
  'precondition-failed': {
    status: 412,
    meaning: 'it has changed since you read it (`If-Match`)',
    remedy: 'read it again, decide again',
  },
  'already-exists': {
    status: 409,
    meaning: 'there is such a thing already',
    remedy: 'read it; change it instead of making it',
  },
  'illegal-transition': {
    status: 409,
    meaning: 'from its present status it cannot go there: what is shipped is not cancelled',
    remedy: 'read it; `detail` names the status',
  },
} as const satisfies ProblemTable;
