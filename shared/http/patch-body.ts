import { z } from 'zod';

/**
 * The body of a change: what it names is changed, and at least one thing is; the rest stays. A field that may be cleared is
 * `nullable`, and `null` clears it (JSON Merge Patch, RFC 7396).
 *
 * @example
 * const UpdateOrder = patchOf({ note: z.string().nullable() }).meta({ id: 'UpdateOrder' });
 */
export function patchOf<Fields extends z.ZodRawShape>(fields: Fields) {
  return z
    .strictObject(fields)
    .partial()
    .refine((named) => Object.keys(named).length > 0, {
      error: `name what to change: ${Object.keys(fields).join(', ')}`,
    })
    .meta({ minProperties: 1 });
}
