import { timeline } from '../../../shared/capabilities/timeline.ts';
import { UserCreated } from '../../../shared/events/contracts/identity.ts';
import { User, userBoundary } from './user.ts';

export const everyone = 'users-by-month';

/** Entries name users by their id alone, so they may stay when a user goes. */
export const usersByMonth = timeline({
  name: 'list-users-by-month',
  on: UserCreated,
  of: User,
  series: () => everyone,
  bucket: ({ data }) => data.createdAt.slice(0, '2026-11'.length),
  address: ({ data }) => ({ boundary: userBoundary(data.userId), id: data.userId }),
});
