import type { ProblemTable } from './problem-table.ts';

/** What is not the fault of the client. */
export const troubleProblems = {
  'too-many-requests': {
    status: 429,
    meaning: 'this caller sent more requests than `RATE_LIMIT` or, to `auth/*`, `AUTH_RATE_LIMIT` lets through',
    remedy: 'send fewer; go on after `Retry-After`',
  },
  'too-busy': {
    status: 429,
    meaning:
      'as many as may (`HEAVY_WORK_QUEUE`) wait for what takes long, such as checking a password; nothing was done',
    remedy: 'send it again after `Retry-After`',
  },
  overloaded: {
    status: 503,
    meaning:
      'more is to be decided than can be in the time that it may take (`DECISION_WAIT`), of which this tenant has its share; nothing was done',
    remedy: 'send it again after `Retry-After`, with the same `Idempotency-Key`',
  },
  'timed-out': {
    status: 503,
    meaning: 'it took longer than `REQUEST_TIMEOUT`: the outcome is unknown',
    remedy: 'repeat it with the same `Idempotency-Key`',
  },
  'issuer-unavailable': {
    status: 503,
    meaning: 'the keys of the outside issuer of the token cannot be fetched now: nothing was done',
    remedy: 'try again; if it lasts, tell the operator of the issuer',
  },
  contended: {
    status: 503,
    meaning: 'too many concurrent changes of the same resource',
    remedy: 'repeat it after `Retry-After`',
  },
  unavailable: {
    status: 503,
    meaning: 'Cosmos DB did not answer: the outcome is unknown',
    remedy: 'repeat it with the same `Idempotency-Key`; `docs/operations.md` tells the operator what to look at',
  },
  'bus-unavailable': {
    status: 503,
    meaning: 'bus unreachable, and only the bus knows what was asked for',
    remedy: 'try again; `docs/operations.md` tells the operator what to look at',
  },
  'too-large': {
    status: 413,
    meaning: 'what would have to be stored at once is over 2 MB or 100 documents',
    remedy: 'ask for less at once',
  },
  internal: {
    status: 500,
    meaning: 'a bug',
    remedy: 'report `instance`; the log has the rest',
  },
} as const satisfies ProblemTable;
