import { answers } from '../../../shared/capabilities/answers.ts';
import { ContactOfUser } from '../../../shared/lookups/contact-of-user.ts';
import { telephoneOf } from '../../../shared/lookups/telephone.ts';
import { Profile } from './profile.ts';
import { User, userBoundary } from './user.ts';

/** Somebody who is deleted is gone at once, whether what is personal is erased by now or not. */
export const contactOfUser = answers(ContactOfUser, async ({ userId }, { reader }) => {
  const address = { boundary: userBoundary(userId), id: userId };
  const [user, profile] = await Promise.all([reader.read(User, address), reader.read(Profile, address)]);
  if (profile === undefined || user === undefined || user.state.status === 'deleted') return undefined;
  const { email, first_name: first, last_name: last, phone } = profile.state;
  const name = [first, last].filter((part) => part !== undefined).join(' ');
  const telephone = telephoneOf(phone);
  return { email, ...(telephone === undefined ? {} : { telephone }), ...(name === '' ? {} : { name }) };
});
