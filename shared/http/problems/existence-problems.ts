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
