import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { roles } from '../../../shared/security/principal.ts';
import { readAccount } from './read-account.ts';
import { UserView } from './user-view.ts';

export const getOwnUser = endpoint({
  name: 'get-own-user',
  summary: 'Reads the caller’s own account',
  method: 'GET',
  route: 'users/me',
  roles,
  answers: { 200: UserView },
  headers: ['etag'],
  problems: ['not-found'],
  async handle({ caller, reader }) {
    const { view, version } = await readAccount(reader, caller.sub);
    return ok(view, version);
  },
});
