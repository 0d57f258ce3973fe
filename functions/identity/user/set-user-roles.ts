import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { Role } from '../../../shared/security/principal.ts';
import { accountOf } from './account.ts';
import { refuseOwn, setRoles, userBoundary } from './user.ts';
import { UserPath } from './user-path.ts';
import { UserView, viewOf } from './user-view.ts';

const SetRoles = z
  .strictObject({
    roles: z
      .array(Role)
      .min(1)
      .refine((roles) => new Set(roles).size === roles.length, { error: 'names a role twice' })
      .meta({ uniqueItems: true }),
  })
  .meta({ id: 'SetUserRoles', example: { roles: ['sales'] } });

export const setUserRoles = endpoint({
  name: 'set-user-roles',
  summary: 'Gives a user these roles and no others; tokens have them from the next refresh on',
  method: 'PUT',
  route: 'users/{id:guid}/roles',
  roles: ['admin'],
  params: UserPath,
  body: SetRoles,
  answers: { 200: UserView },
  headers: ['etag'],
  problems: ['own-account', 'precondition-failed'],
  async handle({ params: { id }, body: { roles }, caller, unitOfWork, ifMatch }) {
    const { user, profile } = await accountOf(unitOfWork(userBoundary(id)), id);
    refuseOwn(caller.sub, user.state);
    ifMatch(user.version);
    user.record(setRoles(user.state, roles));
    return ok(viewOf(user.state, profile.state), user.version);
  },
});
