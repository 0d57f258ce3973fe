import { z } from 'zod';
import type { Json } from './yaml-text.ts';

/**
 * A schema as JSON Schema, without what says something of JavaScript and of zod only: the bounds of its integers, and the
 * expressions by which zod checks a format that has a name.
 */
export function jsonSchemaOf(schema: z.ZodType, { descriptions }: { readonly descriptions: boolean }): Json {
  const { $schema: _, ...document } = z.toJSONSchema(schema, {
    target: 'draft-7',
    // What goes over the wire. Fields that a reader does not know are no mistake there: it drops them.
    io: 'input',
    override({ jsonSchema }) {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (!descriptions) delete jsonSchema.description;
    },
  });
  return JSON.parse(JSON.stringify(document));
}
