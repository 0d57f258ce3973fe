import { subscriber } from '../../shared/capabilities/subscriber.ts';
import { UserDeleted } from '../../shared/events/contracts/identity.ts';
import { recipientBoundary } from './notification.ts';

/** Empties the inbox of somebody who is gone; the lists by day point at nothing then, and leave it out. */
export const eraseInbox = subscriber({
  name: 'erase-inbox',
  on: UserDeleted,
  once: 'by-document',
  boundary: ({ data }) => recipientBoundary(data.userId),
  handle: (_, work) => work.erase({ except: [] }),
});
