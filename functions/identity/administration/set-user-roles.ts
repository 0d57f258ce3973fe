import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { Role } from '../../../shared/security/principal.ts';
import { refuseDeleted } from '../user/account.ts';
import { Profile } from '../user/profile.ts';
import { refuseOwn, setRoles, User, userBoundary } from '../user/user.ts';
import { UserView, viewOf } from '../user/user-view.ts';
import { UserPath } from './user-path.ts';

const SetRoles = z
  .strictObject({
    roles: z
      .array(Role)
      .min(1)
      .refine((roles) => new Set(roles).size === roles.length, { error: 'names a role twice' })
      .describe('All that they are to have, each once'),
  })
  .meta({ id: 'SetUserRoles', example: { roles: ['sales'] } });

export const setUserRoles = command({
  name: 'set-user-roles',
  summary:
    'Gives a user these roles and no others; tokens have them from the next refresh on, and those with a role that is lost end',
  method: 'PUT',
  route: 'users/{id:guid}/roles',
  roles: ['admin'],
  params: UserPath,
  body: SetRoles,
  of: User,
  beside: Profile,
  at: ({ params: { id } }) => ({ boundary: userBoundary(id), id }),
  allow({ caller }, user) {
    refuseDeleted(user);
    refuseOwn(caller.sub, user);
  },
  decide: (user, { body: { roles }, actor, now }) => setRoles(user, roles, { by: actor, at: now.toISOString() }),
  view: [UserView, ({ state, beside }) => viewOf(state, beside)],
  problems: ['own-account'],
});
