import { z } from 'zod';
import { Role } from '../../shared/security/principal.ts';
import { PersonalDetails, PostalAddress, type ProfileState } from './profile.ts';
import type { UserState } from './user.ts';

export const PostalAddressView = PostalAddress.extend({ id: z.string() });

/** A user as they see themselves, and as an admin sees them. */
export const UserView = z.object({
  id: z.string(),
  email: z.string(),
  ...PersonalDetails.shape,
  roles: z.array(Role),
  is_active: z.boolean(),
  created_at: z.iso.datetime(),
  addresses: z.array(PostalAddressView),
});
export type UserView = z.infer<typeof UserView>;

/** A user and what is personal about them. */
export function viewOf({ userId, roles, status, createdAt }: UserState, profile: ProfileState): UserView {
  const { email, addresses, ...details } = profile;
  return {
    id: userId,
    email,
    ...details,
    roles,
    is_active: status === 'active',
    created_at: createdAt,
    addresses,
  };
}
