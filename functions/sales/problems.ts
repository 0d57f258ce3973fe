import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** What the rules of shops and tills refuse. */
export const salesProblems = {
  'shop-closed': {
    status: 409,
    meaning: 'the shop is closed for good: what it has sold is read, and nothing new begins',
    remedy: 'open another shop under another id',
  },
  'register-busy': {
    status: 409,
    meaning: 'the register has an open session',
    remedy: 'close that session first; a till that comes from being offline sends its opening again then',
  },
  'session-open': {
    status: 409,
    meaning: 'a till of the shop is open',
    remedy: 'close its session, then the shop',
  },
  'session-closed': {
    status: 409,
    meaning: 'the session was closed and counted, and never changes any more',
    remedy:
      'send it for an open session; refund a sale instead of voiding it; a sale that was made without the network is taken all the same with `offline: true`',
  },
  'unknown-tax': {
    status: 422,
    meaning: 'the shop has no tax of that name',
    remedy: 'name one of its `taxRates`',
  },
  'invalid-time': {
    status: 422,
    meaning:
      'what is sent has happened longer ago than `SALES_OFFLINE_DAYS`, or is more than five minutes ahead of the clock here',
    remedy: 'set the clock of the till; what is older is entered by hand',
  },
} as const satisfies ProblemTable;
