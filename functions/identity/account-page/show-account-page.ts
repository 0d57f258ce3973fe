import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { fileAnswer } from '../../../shared/http/file-answer.ts';
import { accountPage } from './account-page.ts';

/** What the links of mails lead to, where nobody has a page of their own (`ACCOUNT_PAGE_URL`). */
export const showAccountPage = endpoint({
  name: 'show-account-page',
  summary: 'Shows people a page by which they set a new password or verify their address; links of mails lead to it',
  method: 'GET',
  route: '/account',
  roles: 'public',
  answers: { 200: fileAnswer('text/html') },
  handle: async () => ok(accountPage),
});
