import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** What the rules of orders refuse. */
export const orderProblems = {
  'customer-missing': {
    status: 422,
    meaning: 'somebody who is no customer orders without saying for whom',
    remedy: 'name `customerId`',
  },
  'email-unverified': {
    status: 403,
    meaning:
      'somebody orders for themselves who has not shown yet that their e-mail address is theirs (`VERIFY_EMAIL`)',
    remedy: 'open the link of the mail; `POST /users/me/verification` sends another',
  },
  'unknown-location': {
    status: 422,
    meaning: 'nothing has ever been in stock at the location, or not yet as far as orders have heard',
    remedy: 'check its name, upper and lower case too; right after its first goods have come, try again',
  },
  'insufficient-stock': {
    status: 409,
    meaning: 'there is less of it than is asked for',
    remedy: 'ask for less, or receive goods first',
  },
  'customer-blocked': {
    status: 409,
    meaning: 'the customer is blocked: nothing more is ordered, neither by them nor for them',
    remedy: 'have a manager unblock them, where that is right',
  },
  'too-many-open-orders': {
    status: 409,
    meaning:
      'with this order more orders of the customer would be open than `ORDERS_OPEN_MAX`, or more pieces than `ORDER_PIECES_MAX`',
    remedy: 'wait until some are shipped, or cancel one; sales may order for them all the same',
  },
} as const satisfies ProblemTable;
