import type { ProblemTable } from './problem-table.ts';

/** What is wrong with how something is asked for. */
export const requestProblems = {
  'broken-json': {
    status: 400,
    meaning: 'the body is not JSON, is nested more than 50 deep, or is empty where one is needed',
    remedy: 'mend it; `detail` says where it breaks',
  },
  'invalid-encoding': {
    status: 400,
    meaning:
      'the bytes of the body are no text in the charset of its `Content-Type`, which is UTF-8 where it names none',
    remedy: 'send UTF-8, or name the charset: `text/csv; charset=windows-1252`',
  },
  'broken-csv': {
    status: 400,
    meaning: 'the file is not CSV: a quote is open, or stands where none may be; nothing of it was done',
    remedy: 'mend it; `detail` names the line',
  },
  'invalid-header': {
    status: 422,
    meaning: 'the first line of the CSV file does not name the columns that it has to',
    remedy: '`detail` says which are missing, and which are not known',
  },
  'invalid-line': {
    status: 422,
    meaning: 'in the answer about a line of a file: the line breaks its schema',
    remedy: 'look at the `errors` of the line; the others were done',
  },
  'invalid-body': {
    status: 422,
    meaning: 'the body breaks its schema; fields that are not known are refused, too',
    remedy: 'look at `errors`',
  },
  'invalid-query': {
    status: 422,
    meaning: 'a query parameter has a wrong value, or there is no such parameter',
    remedy: 'look at `errors`',
  },
  'invalid-continuation': {
    status: 422,
    meaning: 'the continuation is not one that this list gave out',
    remedy: 'begin again without it',
  },
  'body-too-large': {
    status: 413,
    meaning: 'the body has more bytes than the route takes: 1 MiB, where nothing else is said',
    remedy: 'send less at once',
  },
  'length-required': {
    status: 411,
    meaning: 'the body was sent in chunks, which the Functions host does not hand on',
    remedy: 'send it with `Content-Length`',
  },
  'unsupported-media-type': {
    status: 415,
    meaning: 'the body is of no media type that the route takes: `application/json`, where nothing else is said',
    remedy: 'name it in `Content-Type`; `detail` has those that are taken',
  },
  'invalid-idempotency-key': {
    status: 400,
    meaning: 'the `Idempotency-Key` is empty, too long or has spaces',
    remedy: '1 to 255 visible ASCII characters, such as a UUID',
  },
  'idempotency-key-reused': {
    status: 422,
    meaning: 'the `Idempotency-Key` was used for another request',
    remedy: 'take a new key for a new request',
  },
} as const satisfies ProblemTable;
