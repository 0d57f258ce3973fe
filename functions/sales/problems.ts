import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** What the rules of shops, tills and sales refuse. */
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
  'sale-reused': {
    status: 409,
    meaning: 'the id is that of another sale, or of another refund of the sale',
    remedy: 'give each its own id, such as a UUID; a repeat has the same content',
  },
  'refund-exceeds-sale': {
    status: 409,
    meaning: 'fewer pieces of a line are left than are to come back',
    remedy: 'read the sale: `refunded` says how many of each line have come back',
  },
  'unknown-line': {
    status: 422,
    meaning: 'the sale has no line of that number',
    remedy: 'lines count from 1, as `lines` of the sale says',
  },
  'refund-method': {
    status: 422,
    meaning: 'it is to be paid out in a way in which the sale was not paid, or more than is left of what was paid so',
    remedy: 'pay out as it was paid; a manager may choose another way',
  },
  'price-mismatch': {
    status: 422,
    meaning: '`unitPrice` is not the price that held when it was sold; `detail` has that',
    remedy: 'sell at that price, or let a manager sell; what was sold without the network says `offline: true`',
  },
  'payment-mismatch': {
    status: 422,
    meaning: 'the payments are not what is to be paid, once the cash part is rounded as the shop rounds it',
    remedy: '`detail` has what is to be paid in cash beside the rest',
  },
  'session-reused': {
    status: 409,
    meaning: 'the id is that of another session, or of another cash movement of the session',
    remedy: 'give each its own id, such as a UUID; a repeat has the same content',
  },
  'sales-open': {
    status: 409,
    meaning: 'sales of the session are rung up and not paid, so it cannot be closed',
    remedy: 'complete or cancel those that are named',
  },
  'difference-unexplained': {
    status: 422,
    meaning: 'what was counted differs from what was expected by more than the shop allows without a word',
    remedy: 'count again; or say in `note` what has happened',
  },
  'unknown-tax': {
    status: 422,
    meaning: 'the shop has no tax of that name',
    remedy: 'name one of its `taxRates`',
  },
  'invalid-time': {
    status: 422,
    meaning:
      'what is sent has happened longer ago than `sales.offlineDays`, which the tenant sets, or is more than five minutes ahead of the clock here',
    remedy: 'set the clock of the till; what is older is entered by hand',
  },
} as const satisfies ProblemTable;
