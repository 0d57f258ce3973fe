import type { JsonObject } from '../../http/json-schema.ts';

const text = { type: 'string' };

/** The headers of answers, by their name as a component. */
export const sharedHeaders = {
  ETag: { description: 'The version of what is answered: `If-Match` takes it.', required: true, schema: text },
  Location: { description: 'Where the new thing is.', required: true, schema: text },
  IdempotencyReplayed: {
    description: 'There where this is the answer to an earlier request under the same `Idempotency-Key`.',
    schema: { const: 'true' },
  },
  PreferenceApplied: {
    description: 'There where the answer was waited for, with for how many seconds it could have been.',
    schema: { type: 'string', pattern: '^wait=[0-9]+$' },
  },
  WWWAuthenticate: { description: 'How to say who you are (RFC 6750).', required: true, schema: text },
  XRequestId: {
    description: 'The id of this request, and of no other: the log has it as `requestId`.',
    required: true,
    schema: text,
  },
  RetryAfter: { description: 'After how many seconds to try again.', required: true, schema: text },
} as const satisfies JsonObject;

export function headerRef(name: keyof typeof sharedHeaders): JsonObject {
  return { $ref: `#/components/headers/${name}` };
}
