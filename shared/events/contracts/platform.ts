import { z } from 'zod';
import { HealthStatus } from '../../telemetry/service-health.ts';
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

export const ServiceHealthChanged = defineEvent({
  type: 'service.health',
  version: 2,
  topic: 'platform-events',
  description: 'A service is well again, or is not any more, as it was seen within the last minute.',
  data: z.object({
    service: z.string().min(1),
    from: HealthStatus,
    to: HealthStatus,
    /** How each thing is that the service depends on, by its name in /health. */
    dependencies: z.record(z.string(), HealthStatus),
    at: z.iso.datetime(),
  }),
  // The first was announced with whatever data: what has this shape is taken, anything else is a dead letter.
  upcasters: { 1: (data) => data },
  subject: ({ service }) => `service/${service}`,
  partitionKey: ({ service }) => service,
});

export const DeadLettersCounted = defineEvent({
  type: 'deadletters.counted',
  version: 1,
  topic: 'platform-events',
  description: 'So many dead letters of a tenant wait for a decision: told once a day, where there are any.',
  data: z.object({
    /** Up to a thousand: `isMore` where there are more. */
    parked: z.int().positive(),
    isMore: z.boolean(),
    /** Those who could not do the most of them, the most first: at most five. */
    subscribers: z.array(z.object({ subscriber: z.string(), parked: z.int().positive() })),
    at: z.iso.datetime(),
  }),
  subject: ({ at }) => `deadletters/${at.slice(0, 10)}`,
  partitionKey: () => 'dead-letters',
});
