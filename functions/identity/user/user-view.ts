import { z } from 'zod';
import { Role } from '../../../shared/security/principal.ts';
import { PersonalDetails, PostalAddress, type ProfileState } from './profile.ts';
import type { UserState } from './user.ts';

export const PostalAddressView = PostalAddress.extend({ id: z.uuid() }).meta({
  id: 'PostalAddress',
  example: {
    id: '01a20947-a59f-76f9-837c-cc7d43945ad2',
    line1: '1 Main Street',
    city: 'Springfield',
    postal_code: '12345',
    country: 'US',
  },
});

/** A user as they see themselves, and as an admin sees them. */
export const UserView = z
  .object({
    id: z.uuid(),
    email: z.string(),
    email_verified_at: z.iso
      .datetime()
      .optional()
      .describe('When they have shown, by a mail, that the address is theirs; absent as long as they have not'),
    ...PersonalDetails.shape,
    roles: z.array(Role),
    is_active: z.boolean(),
    created_at: z.iso.datetime(),
    addresses: z.array(PostalAddressView),
  })
  .meta({
    id: 'User',
    example: {
      id: '01a20947-a59f-76f9-837c-cc7d43945ad1',
      email: 'admin@example.com',
      first_name: 'John',
      last_name: 'Song',
      phone: '555-123-4567',
      roles: ['admin'],
      is_active: true,
      created_at: '2026-11-22T10:00:00.000Z',
      addresses: [],
    },
  });
export type UserView = z.infer<typeof UserView>;

/** A user and what is personal about them. */
export function viewOf(
  { userId, roles, status, createdAt, emailVerifiedAt }: UserState,
  profile: ProfileState,
): UserView {
  const { email, addresses, ...details } = profile;
  return {
    id: userId,
    email,
    ...(emailVerifiedAt === undefined ? {} : { email_verified_at: emailVerifiedAt }),
    ...details,
    roles,
    is_active: status === 'active',
    created_at: createdAt,
    addresses,
  };
}
