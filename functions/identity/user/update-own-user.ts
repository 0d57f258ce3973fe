import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { roles } from '../../../shared/security/principal.ts';
import { ownAccount } from './account.ts';
import { PersonalDetails, Profile } from './profile.ts';
import { changed, userBoundary } from './user.ts';
import { UserView, viewOf } from './user-view.ts';

const { first_name, last_name, phone } = PersonalDetails.shape;

/** What is named is changed, the rest stays; `null` takes it away. */
const UpdateUser = z
  .strictObject({ first_name: first_name.nullable(), last_name: last_name.nullable(), phone: phone.nullable() })
  .refine((details) => Object.keys(details).length > 0, { error: 'name what to change: first_name, last_name, phone' })
  .meta({
    id: 'UpdateUser',
    description: 'What is named is changed, at least one; null takes it away',
    minProperties: 1,
    example: { phone: '555-123-4567' },
  });

export const updateOwnUser = endpoint({
  name: 'update-own-user',
  summary: 'Changes the caller’s name or telephone',
  method: 'PATCH',
  route: 'users/me',
  roles,
  body: UpdateUser,
  answers: { 200: UserView },
  headers: ['etag'],
  problems: ['not-found', 'deactivated', 'precondition-failed'],
  async handle({ body, caller, unitOfWork, ifMatch }) {
    const { user, profile } = await ownAccount(unitOfWork(userBoundary(caller.sub)), caller.sub);
    ifMatch(user.version);
    const details = Object.entries({ ...profile.state, ...body }).filter(([, detail]) => detail !== null);
    const next = Profile.parse(Object.fromEntries(details));
    if (JSON.stringify(next) !== JSON.stringify(profile.state)) {
      user.record(changed(user.state, 'profile'));
      profile.put(next);
    }
    return ok(viewOf(user.state, profile.state), user.version);
  },
});
