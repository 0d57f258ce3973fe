import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { reject, rejectAbsent } from '../../../shared/model/rejection.ts';
import { line } from '../../../shared/text.ts';

const maxAddresses = 20;

/** Where somebody lives or wants to be sent things, as they write it. */
export const PostalAddress = z.strictObject({
  line1: line(200),
  line2: line(200).optional(),
  city: line(100),
  region: line(100).optional(),
  postal_code: line(20),
  country: z.string().regex(/^[A-Z]{2}$/, { error: 'is the ISO 3166 code of a country: two capital letters' }),
});

/** What people say of themselves, as far as they want to. */
export const PersonalDetails = z.strictObject({
  first_name: line(100).optional(),
  last_name: line(100).optional(),
  phone: line(40).optional(),
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
type Address = ProfileState['addresses'][number];
type Details = z.output<typeof PersonalDetails>;

/** Whether an address is this user's own, and not merely one whose claim names them. */
export function isAddressOf(profile: ProfileState | undefined, address: string): boolean {
  return profile?.email === address;
}

/** What is named is another now, `null` takes it away, the rest stays. */
export function withDetails(
  profile: ProfileState,
  change: { readonly [Name in keyof Details]?: Details[Name] | null },
): ProfileState {
  const details = Object.entries({ ...profile, ...change }).filter(([, detail]) => detail !== null);
  return Profile.parse(Object.fromEntries(details));
}

/** @throws Rejection too-many-addresses */
export function withAddress(profile: ProfileState, address: Address): ProfileState {
  const { addresses } = profile;
  if (addresses.length >= maxAddresses)
    throw reject('too-many-addresses', `an account has at most ${maxAddresses} addresses: remove one first`);
  return { ...profile, addresses: [...addresses, address] };
}

/** @throws Rejection where there is no such address (404). */
export function withoutAddress(profile: ProfileState, id: string): ProfileState {
  const addresses = profile.addresses.filter((address) => address.id !== id);
  if (addresses.length === profile.addresses.length) throw rejectAbsent(`there is no address ${id}`);
  return { ...profile, addresses };
}

/** The address that was added last. */
export function newestAddress({ addresses }: ProfileState): Address {
  const newest = addresses.at(-1);
  if (newest === undefined) throw new Error('no address was added yet');
  return newest;
}
