import { command } from '../../../shared/capabilities/command.ts';
import { refuseDeleted } from './account.ts';
import { Profile } from './profile.ts';
import { deactivate, refuseOwn, User, userBoundary } from './user.ts';
import { UserPath } from './user-path.ts';
import { UserView, viewOf } from './user-view.ts';

export const deactivateUser = command({
  name: 'deactivate-user',
  summary: 'Keeps a user from logging in and from going on with their sessions',
  method: 'POST',
  route: 'users/{id:guid}/deactivate',
  roles: ['admin'],
  params: UserPath,
  of: User,
  beside: Profile,
  at: ({ params: { id } }) => ({ boundary: userBoundary(id), id }),
  allow({ caller }, user) {
    refuseDeleted(user);
    refuseOwn(caller.sub, user);
  },
  decide: (user, { actor, now }) => deactivate(user, { by: actor, at: now.toISOString() }),
  view: [UserView, ({ state, beside }) => viewOf(state, beside)],
  problems: ['own-account'],
});
