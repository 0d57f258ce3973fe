import type { ProblemTable } from './problem-table.ts';

/** What the rules of orders and stock refuse. */
export const orderProblems = {
  'customer-missing': {
    status: 422,
    meaning: 'somebody who is no customer orders without saying for whom',
    remedy: 'name `customerId`',
  },
  'unknown-item': {
    status: 422,
    meaning: 'an item is not known, or not yet: prices follow products within moments',
    remedy: 'check the SKU; right after making the product, try again',
  },
  'item-archived': {
    status: 422,
    meaning: 'the catalog has archived an item, so it is not sold any more, whatever stock there is',
    remedy: 'leave it out',
  },
  'total-mismatch': {
    status: 422,
    meaning: '`totalAmount` is not what the items cost now',
    remedy: 'show the customer the new total; or leave it out',
  },
  'insufficient-stock': {
    status: 409,
    meaning: 'there is not that much to take out; with `ORDER_STOCK_CHECK=strict`, also to order',
    remedy: 'order or take less, or receive goods first',
  },
  'illegal-transition': {
    status: 409,
    meaning:
      'from its present status it cannot go there: a shipped order is not cancelled, a replayed dead letter not edited',
    remedy: 'read it; `detail` names the status',
  },
} as const satisfies ProblemTable;
