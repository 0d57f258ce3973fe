import { erasure } from '../../../shared/capabilities/erasure.ts';
import { UserDeleted } from '../../../shared/events/contracts/identity.ts';
import { recipientBoundary } from './notification.ts';

/** Empties the inbox of somebody who is gone, for good; the lists by day point at nothing then, and leave it out. */
export const eraseInbox = erasure({
  name: 'erase-inbox',
  on: UserDeleted,
  id: ({ data }) => data.userId,
  boundary: recipientBoundary,
});
