import { z } from 'zod';

/** The path of a route about one dead letter; its id begins with its day. */
export const DeadLetterPath = z.object({
  id: z.string().regex(/^\d{4}-\d{2}-\d{2}(\.\d)?~[\w.-]+~[\w-]+(~[0-9a-f]{12})?$/),
});
