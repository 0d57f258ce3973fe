import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { Profile } from '../user/profile.ts';
import { userBoundary } from '../user/user.ts';
import { UserView, viewOf } from '../user/user-view.ts';
import { everyone, usersByMonth } from '../user/users-by-month.ts';

export const listUsers = endpoint({
  name: 'list-users',
  summary: 'Lists the users, the newest first',
  method: 'GET',
  route: 'users',
  roles: ['admin'],
  query: PageQuery,
  answers: { 200: pageOf(UserView) },
  problems: ['invalid-continuation'],
  async handle({ query, reader }) {
    const { items, ...rest } = await usersByMonth.list(reader, everyone, query);
    const views = items.map(async ({ state: user }) => {
      const profile = await reader.read(Profile, { boundary: userBoundary(user.userId), id: user.userId });
      return profile === undefined || user.status === 'deleted' ? [] : [viewOf(user, profile.state)];
    });
    return ok({ items: (await Promise.all(views)).flat(), ...rest });
  },
});
