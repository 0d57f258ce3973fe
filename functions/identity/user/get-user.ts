import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { readAccount } from './read-account.ts';
import { UserPath } from './user-path.ts';
import { UserView } from './user-view.ts';

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
