import { z } from 'zod';
import { defineEvent } from '../define-event.ts';

export const SecurityEvent = defineEvent({
  type: 'security.event',
  version: 1,
  topic: 'platform-events',
  description: 'Something that whoever looks after security should know of.',
  data: z.object({
    /** What it is about: `sessions/{userId}`; `address/{hash}` for an e-mail address, which may be nobody’s. */
    subject: z.string().min(1),
    kind: z.enum(['address-locked', 'refresh-token-reused']),
    at: z.iso.datetime(),
  }),
  subject: ({ subject }) => subject,
  partitionKey: ({ subject }) => subject,
});
