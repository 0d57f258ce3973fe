import { rejectAbsent } from '../../../shared/model/rejection.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { Profile } from './profile.ts';
import { User, userBoundary } from './user.ts';
import { type UserView, viewOf } from './user-view.ts';

/** A user as they are now. @throws Rejection (404) */
export async function readAccount(
  reader: Reader,
  userId: string,
): Promise<{ readonly view: UserView; readonly version: number }> {
  const address = { boundary: userBoundary(userId), id: userId };
  const [user, profile] = await Promise.all([reader.read(User, address), reader.read(Profile, address)]);
  if (user === undefined || profile === undefined || user.state.status === 'deleted')
    throw rejectAbsent('there is no such user');
  return { view: viewOf(user.state, profile.state), version: user.version };
}
