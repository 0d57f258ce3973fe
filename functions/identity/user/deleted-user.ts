import { answers } from '../../../shared/capabilities/answers.ts';
import { DeletedUser } from '../../../shared/lookups/deleted-user.ts';
import { User, userBoundary } from './user.ts';

const gone = { isDeleted: true } as const;

/** As long as it is remembered that there was such a user. */
export const deletedUser = answers(DeletedUser, async ({ userId }, { reader }) => {
  const user = await reader.read(User, { boundary: userBoundary(userId), id: userId });
  return user?.state.status === 'deleted' ? gone : undefined;
});
