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

type Clearable<Fields extends z.ZodRawShape> = { readonly [Name in keyof Fields]: z.ZodNullable<Fields[Name]> };

/** The fields of a change, each of which may be cleared. */
export function clearable<Fields extends z.ZodRawShape>(fields: Fields): Clearable<Fields> {
  const nullable = Object.entries(fields).map(([name, field]) => [name, z.nullable(field)]);
  // Each field under its name.
  return Object.fromEntries(nullable) as Clearable<Fields>;
}
