import { z } from 'zod';
import { encodingSchemaOf } from './encoding-schema.ts';

/**
 * A schema is compiled when it has been used so often: that takes milliseconds, which pay for what is used all the time, and a start
 * has none of them. What does not fit is told of by the schema as it was.
 */
const usesBefore = 50;

/** What is used as it is until it has been used often, and from then on as it is made. */
function onceOftenUsed<Form>(form: Form, make: () => Form): () => Form {
  let [uses, used] = [0, form];
  return () => {
    uses += 1;
    if (uses === usesBefore) used = make();
    return used;
  };
}

type Encode = (value: unknown) => unknown;

const parsers = new WeakMap<z.ZodType, () => z.ZodType>();
const encoders = new WeakMap<z.ZodType, () => Encode>();

/** The schema, to parse by. */
export function parserOf(schema: z.ZodType): z.ZodType {
  const known = parsers.get(schema);
  if (known !== undefined) return known();
  const parser = onceOftenUsed(schema, () => z.compile(schema));
  parsers.set(schema, parser);
  return parser();
}

/** Encodes by the schema. @throws ZodError where the value does not fit. */
export function encoderOf(schema: z.ZodType): Encode {
  const known = encoders.get(schema);
  if (known !== undefined) return known();
  const encode: Encode = (value) => schema.encode(value);
  const encoder = onceOftenUsed(encode, () => {
    const encoding = encodingSchemaOf(schema);
    if (encoding === undefined) return encode;
    const compiled = z.compile(encoding);
    return (value) => z.parse(compiled, value);
  });
  encoders.set(schema, encoder);
  return encoder();
}
