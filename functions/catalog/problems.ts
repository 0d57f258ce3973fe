import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** Why a product is not made or changed. */
export const catalogProblems = {
  'sku-taken': {
    status: 409,
    meaning: 'another product has this SKU; an archived one keeps it',
    remedy: 'choose another, or change that product',
  },
  'duplicate-sku': {
    status: 422,
    meaning: 'in the answer about a line of a file: a line before it has the same SKU',
    remedy: 'leave one of the two out',
  },
  'product-archived': {
    status: 409,
    meaning: 'the product is archived, which is for good: it is read and listed, not changed',
    remedy: 'make another product under another SKU',
  },
} as const satisfies ProblemTable;
