import { isDeepStrictEqual } from 'node:util';
import { command } from '../../../shared/capabilities/command.ts';
import { patchOf } from '../../../shared/http/patch-body.ts';
import { roles } from '../../../shared/security/principal.ts';
import { ofOwnAccount } from './account.ts';
import { PersonalDetails, withDetails } from './profile.ts';
import { changed } from './user.ts';
import { UserView, viewOf } from './user-view.ts';

const { first_name, last_name, phone } = PersonalDetails.shape;

const UpdateUser = patchOf({
  first_name: first_name.nullable(),
  last_name: last_name.nullable(),
  phone: phone.nullable(),
}).meta({
  id: 'UpdateUser',
  description: 'What is named is changed, at least one; null takes it away',
  example: { phone: '555-123-4567' },
});

export const updateOwnUser = command({
  name: 'update-own-user',
  summary: 'Changes the caller’s name or telephone',
  method: 'PATCH',
  route: 'users/me',
  roles,
  body: UpdateUser,
  ...ofOwnAccount,
  decide(user, { body }, before) {
    const profile = withDetails(before, body);
    return { events: isDeepStrictEqual(profile, before) ? [] : changed(user, 'profile'), beside: profile };
  },
  view: [UserView, ({ state, beside }) => viewOf(state, beside)],
  problems: ['deactivated'],
});
