import { z } from 'zod';

/** A problem as the client gets it (RFC 9457), for the description of the API. */
export const ProblemDocument = z
  .object({
    type: z.string().describe('What kind of problem it is, stable: decide by it'),
    title: z.string().describe('The type in words'),
    status: z.int().describe('The HTTP status, repeated'),
    detail: z.string().describe('What happened this time, for people; it may change'),
    instance: z.string().describe('The trace id, by which logs and traces are found'),
    errors: z
      .array(
        z.object({
          path: z.string().describe('Where in the body or query: `items.0.quantity`'),
          message: z.string().describe('What is wrong with it'),
        }),
      )
      .optional()
      .describe('What breaks the schema, field by field'),
  })
  .meta({ id: 'Problem', description: 'Why a request was not done (RFC 9457)' });
