import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

/** Who somebody says that they are, and their account. */
export const identityProblems = {
  'unsupported-grant-type': {
    status: 422,
    meaning: 'the `grant_type` of an OAuth client is none that this route takes',
    remedy: '`password` to log in, `refresh_token` to refresh; or leave it out',
  },
  'wrong-credentials': {
    status: 401,
    meaning: 'nobody has this address with this password',
    remedy: 'try again; ten wrong passwords lock whoever gave them out for a quarter of an hour',
  },
  'too-many-attempts': {
    status: 429,
    meaning:
      'too many wrong passwords for this address: ten of this client, device or session, or a hundred of all of its kind',
    remedy: 'wait for `Retry-After`, or log in with the `device_token` of the last grant',
  },
  'invalid-refresh-token': {
    status: 401,
    meaning:
      'the session of this refresh token has ended, or the token was used more than ten seconds ago, which ends it',
    remedy: 'log in again',
  },
  deactivated: { status: 403, meaning: 'the account is deactivated', remedy: 'ask an admin' },
  'registration-closed': {
    status: 403,
    meaning: 'in this tenant nobody registers: `REGISTRATION`',
    remedy: 'log in where your organisation does, or ask whoever runs the system',
  },
  'weak-password': {
    status: 422,
    meaning: 'the password does not do; `detail` says what it lacks',
    remedy: 'choose another',
  },
  'invalid-link': {
    status: 422,
    meaning: 'the link of a mail was used, is too old, or there is a newer one',
    remedy: 'ask for another, and take the newest mail',
  },
  'email-taken': {
    status: 409,
    meaning: 'somebody is registered under this address',
    remedy: 'log in, or take another address',
  },
  'own-account': {
    status: 409,
    meaning: 'an admin may not change their own roles, deactivate or delete themselves',
    remedy: 'another admin has to do that',
  },
  'too-many-addresses': {
    status: 409,
    meaning: 'an account has at most 20 postal addresses',
    remedy: 'remove one first',
  },
} as const satisfies ProblemTable;
