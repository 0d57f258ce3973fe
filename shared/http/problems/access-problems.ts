import type { ProblemTable } from './problem-table.ts';

/** Who calls, and whether they may. */
export const accessProblems = {
  'no-token': {
    status: 401,
    meaning: 'the route is not public, and the request has no token',
    remedy: 'send `Authorization: Bearer …`',
  },
  'invalid-token': {
    status: 401,
    meaning:
      'the token is forged, expired, for another audience, lacks a claim, or was ended: its session is over, or its holder has lost one of its roles',
    remedy: 'refresh the session, or log in again; `detail` says what is wrong with it',
  },
  forbidden: {
    status: 403,
    meaning: 'the token is good, its roles do not do; or a customer names somebody else',
    remedy: 'use an account that may; `detail` names the roles',
  },
  'invalid-tenant': {
    status: 400,
    meaning: 'there is no such tenant here: the header `x-tenant` of a public route names it, or the token',
    remedy: 'name one of `TENANTS`; left out, it is `main`, or the first of them',
  },
} as const satisfies ProblemTable;
