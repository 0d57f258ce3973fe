import { z } from 'zod';

type Schema = z.core.$ZodType;

/** What is written as it is read. */
const plain: ReadonlySet<string> = new Set([
  'string',
  'number',
  'boolean',
  'bigint',
  'literal',
  'enum',
  'null',
  'undefined',
  'any',
  'unknown',
  'never',
  'custom',
  'template_literal',
]);

/**
 * A schema that parses as this one encodes, since zod compiles parsing alone; nothing, where that cannot be said of all that is in it.
 * What it parses is what `encode` makes of the same value, and it refuses what `encode` refuses.
 */
export function encodingSchemaOf(schema: Schema): Schema | undefined {
  if (plain.has(schema._zod.def.type)) return schema;
  const encoding = unchecked(schema);
  // Checks are of the value before it is encoded: where that changes it, they would see another.
  const isChecked = (schema._zod.def.checks?.length ?? 0) > 0;
  return isChecked && encoding !== schema ? undefined : encoding;
}

function unchecked(schema: Schema): Schema | undefined {
  if (schema instanceof z.ZodObject) return ofObject(schema);
  if (schema instanceof z.ZodCodec) return ofCodec(schema);
  if (schema instanceof z.ZodArray) {
    const element = encodingSchemaOf(schema.element);
    return element && (element === schema.element ? schema : schema.clone({ ...schema.def, element }));
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    const { innerType: inner } = schema.def;
    const innerType = encodingSchemaOf(inner);
    if (innerType === undefined || innerType === inner) return innerType && schema;
    return schema instanceof z.ZodOptional ? z.optional(innerType) : z.nullable(innerType);
  }
  return undefined;
}

function ofObject(schema: z.ZodObject): Schema | undefined {
  const { shape, catchall } = schema.def;
  if (catchall !== undefined && !plain.has(catchall._zod.def.type)) return undefined;
  const encoding: Record<string, Schema> = {};
  for (const [name, field] of Object.entries(shape)) {
    const ofField = encodingSchemaOf(field);
    if (ofField === undefined) return undefined;
    encoding[name] = ofField;
  }
  const isChanged = Object.entries(shape).some(([name, field]) => encoding[name] !== field);
  return isChanged ? schema.clone({ ...schema.def, shape: encoding }) : schema;
}

function ofCodec({ def }: z.ZodCodec): Schema | undefined {
  const [decoded, encoded] = [encodingSchemaOf(def.out), encodingSchemaOf(def.in)];
  if (decoded === undefined || encoded === undefined) return undefined;
  const encode = z.transform((value, context) => def.reverseTransform(value, context));
  return z.pipe(z.pipe(decoded, encode), encoded);
}
