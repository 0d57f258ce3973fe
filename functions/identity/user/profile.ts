import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';

const text = (longest: number) => z.string().trim().min(1).max(longest);

/** Where somebody lives or wants to be sent things, as they write it. */
export const PostalAddress = z.strictObject({
  line1: text(200),
  line2: text(200).optional(),
  city: text(100),
  region: text(100).optional(),
  postal_code: text(20),
  country: z.string().regex(/^[A-Z]{2}$/, { error: 'is the ISO 3166 code of a country: two capital letters' }),
});

/** What people say of themselves, as far as they want to. */
export const PersonalDetails = z.strictObject({
  first_name: text(100).optional(),
  last_name: text(100).optional(),
  phone: text(40).optional(),
});

/**
 * All that is personal about a user. Put, not recorded: an event would carry it to where we could not erase it any more. The
 * user's own version counts each change.
 */
export const Profile = defineProjection({
  kind: 'profile',
  state: z.object({
    ...PersonalDetails.shape,
    email: z.string(),
    addresses: z.array(PostalAddress.extend({ id: z.string() })),
  }),
});
export type ProfileState = ReturnType<typeof Profile.parse>;
