import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { readAccount } from '../user/read-account.ts';
import { UserView } from '../user/user-view.ts';
import { UserPath } from './user-path.ts';

export const getUser = endpoint({
  name: 'get-user',
  summary: 'Reads a user',
  method: 'GET',
  route: 'users/{id:guid}',
  roles: ['admin'],
  params: UserPath,
  answers: { 200: UserView },
  headers: ['etag'],
  async handle({ params: { id }, reader }) {
    const { view, version } = await readAccount(reader, id);
    return ok(view, version);
  },
});
