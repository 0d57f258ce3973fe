import { z } from 'zod';

/** Which requests a rule is for: all given parts together. */
const matching = z.strictObject({
  server: z.enum(['kafka', 'cosmos']),
  operation: z.string().optional(),
  /** A topic or group, or a container. */
  target: z.string().optional(),
  /** An operation that a batch or bulk request has among its own. */
  part: z.string().optional(),
  /** A part of the client id, or of the user agent. */
  client: z.string().optional(),
  /** How often it happens; without it, until cleared. */
  times: z.int().min(1).optional(),
  /** Only to each so many-th matching request. */
  every: z.int().min(1).default(1),
});

/** What happens to the requests of a kind. */
export const FaultRule = z.discriminatedUnion('action', [
  /** Waits until the rule is released or cleared, then serves. */
  matching.extend({ action: z.literal('hold') }),
  /** Closes the connection; nothing is applied. */
  matching.extend({ action: z.literal('drop') }),
  /** Applies the request and closes the connection without an answer. */
  matching.extend({ action: z.literal('apply-then-drop') }),
  /**
   * Answers with an error; nothing is applied. By AMQP the status means what it means in HTTP; 410 detaches the link. With a
   * position, a batch or bulk request to Cosmos is answered, and only its operation there is refused, counted from 0.
   */
  matching.extend({
    action: z.literal('refuse'),
    status: z.int(),
    substatus: z.int().exactOptional(),
    retryAfterMs: z.int().min(0).exactOptional(),
    position: z.int().min(0).exactOptional(),
  }),
  /**
   * Lets a client of Cosmos read the past: what there was so many milliseconds ago, or as long as the rule is in force what there
   * was when it was added. It sees its own writes, as in a session, and writes to what there is.
   */
  matching.extend({ action: z.literal('stale'), byMs: z.int().min(1).exactOptional() }),
  /** Ends a functions process with SIGKILL while the request is under way; `applied` tells whether the server still serves it. */
  matching.extend({
    action: z.literal('kill-functions'),
    applied: z.boolean().default(false),
    process: z.string().default('main'),
  }),
]);

export type FaultRule = z.output<typeof FaultRule>;
/** A rule as it is written, without what has a default. */
export type FaultRuleInput = z.input<typeof FaultRule>;
