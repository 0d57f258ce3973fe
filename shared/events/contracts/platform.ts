import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const SecurityEvent = defineEvent({
  type: 'security.event',
  version: 2,
  topic: 'platform-events',
  description: 'Something that whoever looks after security should know of.',
  data: z.object({
    /**
     * What it is about: `user/{userId}`, `sessions/{userId}`; `address/{hash}` for an e-mail address, which may be nobody’s.
     * What happens to nothing that we keep, such as a refusal, is about itself: `refusal/{id}`.
     */
    subject: z.string().min(1),
    kind: z.enum([
      'address-locked',
      'refresh-token-reused',
      'login-failed',
      'admin-route-refused',
      'roles-changed',
      'user-activated',
      'user-deactivated',
      'user-deleted',
    ]),
    at: z.iso.datetime(),
    /** Who did it, or tried to, where that is known: as in the events of users. */
    by: z.string().min(1).optional(),
    /** The capability that they asked for. */
    capability: z.string().min(1).optional(),
    /** A keyed hash of the network that a request came from. */
    client: z.string().min(1).optional(),
  }),
  // The second version may say more, and need not.
  upcasters: { 1: (data) => data },
  subject: ({ subject }) => subject,
  partitionKey: ({ subject }) => subject,
});
