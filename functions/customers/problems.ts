import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** What the rules of customers refuse. */
export const customerProblems = {
  'customer-exists': {
    status: 409,
    meaning:
      'somebody has this e-mail address or telephone number in their record already; staff are told who, in `detail`',
    remedy: 'go on with that record; where they are two people all the same, register with `allowDuplicate`',
  },
  'customer-erased': {
    status: 409,
    meaning: 'the customer was deleted, and nothing is kept of them any more',
    remedy: 'register them anew, if they want that',
  },
  'has-account': {
    status: 409,
    meaning: 'the customer has an account, which would go on without a record',
    remedy: 'have an admin delete the user: that erases both',
  },
  'too-many-follow-ups': {
    status: 409,
    meaning: 'somebody has to come back to this customer fifty times already',
    remedy: 'tick one off first',
  },
  'unknown-purpose': {
    status: 422,
    meaning: 'nobody is asked to consent to that: the tenant’s `customers.purposes`',
    remedy: 'take one of the purposes in `detail`',
  },
} as const satisfies ProblemTable;
