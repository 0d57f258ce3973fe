import { z } from 'zod';

/** A line of a file as its format reads it: texts by column, values by name, or why it cannot be read. */
export const FileLine = z.union([
  z.strictObject({ line: z.int().positive(), texts: z.record(z.string(), z.string()) }),
  z.strictObject({ line: z.int().positive(), values: z.record(z.string(), z.unknown()) }),
  z.strictObject({ line: z.int().positive(), broken: z.string() }),
]);
export type FileLine = z.output<typeof FileLine>;
