import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { roles } from '../../../shared/security/principal.ts';
import { ofOwnAccount } from './account.ts';
import { withoutAddress } from './profile.ts';
import { changed } from './user.ts';

export const removeAddress = command({
  name: 'remove-address',
  summary: 'Removes a postal address from the caller’s account',
  method: 'DELETE',
  route: 'users/me/addresses/{id}',
  roles,
  params: z.object({ id: z.uuid() }),
  ...ofOwnAccount,
  decide: (user, { params: { id } }, profile) => ({
    events: changed(user, 'addresses'),
    beside: withoutAddress(profile, id),
  }),
  problems: ['deactivated'],
});
