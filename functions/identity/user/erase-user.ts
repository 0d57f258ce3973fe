import { erasure } from '../../../shared/capabilities/erasure.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { freeAddress } from '../address/free-address.ts';
import { Profile } from './profile.ts';
import { User, userBoundary } from './user.ts';

/** Leaves nothing of a deleted user but that they were: no profile, password, session, token, or answer to a request. */
export const eraseUser = erasure({
  name: 'erase-user',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  boundary: userBoundary,
  except: [User],
  async frees(userId, work, unitOfWork) {
    const { current: profile } = await work.load(Profile, userId);
    if (profile !== undefined) await freeAddress(profile.email, userId, unitOfWork);
  },
});
