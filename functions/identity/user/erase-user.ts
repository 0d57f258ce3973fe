import { subscriber } from '../../../shared/capabilities/subscriber.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { User, userBoundary } from './user.ts';

/** Leaves nothing of a deleted user but that they were: no profile, password, session, token, or answer to a request. */
export const eraseUser = subscriber({
  name: 'erase-user',
  on: UserDeleted,
  once: 'by-document',
  boundary: ({ data }) => userBoundary(data.userId),
  handle: (_, work) => work.erase({ except: [User] }),
});
