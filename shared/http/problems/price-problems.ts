import type { ProblemTable } from './problem-table.ts';

/** What is refused wherever goods are priced, by whichever service. */
export const priceProblems = {
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
  'total-too-large': {
    status: 422,
    meaning: 'the items come to more than 10,000,000,000,000, beyond which sums are not exact',
    remedy: 'order less at once',
  },
} as const satisfies ProblemTable;
