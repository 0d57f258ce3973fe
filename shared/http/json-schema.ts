import { z } from 'zod';

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** How a schema is written down. */
export interface Writing {
  /** `draft-7` for AsyncAPI, `draft-2020-12` for OpenAPI. */
  readonly target?: 'draft-7' | 'draft-2020-12';
  readonly descriptions: boolean;
  /** Changes each schema within, the innermost first. */
  readonly rewrite?: (schema: WrittenSchema) => void;
}

/** A schema that is being written. */
export type WrittenSchema = z.core.JSONSchema.BaseSchema;

/**
 * A schema as JSON Schema, without what says something of JavaScript and of zod only: the bounds of its integers, and the
 * expressions by which zod checks a format that has a name. A schema with an `id` in its metadata stands under
 * `$defs` (in draft 7 `definitions`) and is referred to; its `example` becomes one of its examples.
 */
export function jsonSchemaOf(schema: z.ZodType, { descriptions, target = 'draft-7', rewrite }: Writing): JsonObject {
  const { $schema: _, ...document } = z.toJSONSchema(schema, {
    target,
    // What goes over the wire. Fields that a reader does not know are no mistake there: it drops them.
    io: 'input',
    override({ jsonSchema }) {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (!descriptions) delete jsonSchema.description;
      // zod leaves out the examples of whatever is written in another way than it is read, such as money.
      if (jsonSchema.example !== undefined) jsonSchema.examples = [jsonSchema.example];
      delete jsonSchema.example;
      delete jsonSchema.id;
      rewrite?.(jsonSchema);
    },
  });
  return JSON.parse(JSON.stringify(document));
}
