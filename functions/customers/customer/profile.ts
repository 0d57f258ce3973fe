import { z } from 'zod';
import { EmailAddress } from '../../../shared/email-address.ts';
import { CustomerTag } from '../../../shared/events/contracts/customers.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { inE164, TypedTelephone } from '../../../shared/telephone.ts';
import { line, text } from '../../../shared/text.ts';
import { customerSettings } from '../settings.ts';

/** What people say of a customer, each as it may be typed. */
export const ProfileFields = {
  name: line(200),
  email: EmailAddress,
  phone: TypedTelephone,
  address: text(500),
  language: z
    .string()
    .max(35)
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'is a language such as de or en-GB (BCP 47)' }),
};

/** The words that staff sort a customer by. */
export const Tags = z
  .array(CustomerTag)
  .max(50)
  .refine((tags) => new Set(tags).size === tags.length, { error: 'names a tag twice' })
  .describe('Words to sort by. Everybody may hear them, so nothing personal');

/** All that is personal about a customer, save what was said. Put, not recorded: no event carries it. */
export const Profile = defineProjection({
  kind: 'profile',
  state: z.object({
    name: z.string().optional(),
    email: z.string().optional(),
    /** In the form of E.164. */
    phone: z.string().optional(),
    address: z.string().optional(),
    language: z.string().optional(),
  }),
});
export type ProfileState = ReturnType<typeof Profile.parse>;

type Change = { readonly [Name in keyof ProfileState]?: ProfileState[Name] | null };

/** What is named is another now, `null` takes it away, the rest stays. A telephone number is brought into its one form. */
export function withFields(profile: ProfileState, { phone, ...change }: Change, settings: Settings): ProfileState {
  const { CUSTOMER_CALLING_CODE } = customerSettings.of(settings);
  const number = typeof phone === 'string' ? inE164(phone, CUSTOMER_CALLING_CODE) : phone;
  const next = { ...profile, ...change, ...(number === undefined ? {} : { phone: number }) };
  return Profile.parse(Object.fromEntries(Object.entries(next).filter(([, field]) => field !== null)));
}
