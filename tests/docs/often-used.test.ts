import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '../../functions/services.ts';
import { encodingSchemaOf } from '../../shared/http/encoding-schema.ts';

const endpoints = services.flatMap((service) => service.endpoints);
const exampleOf = (schema: z.ZodType) => z.object({ example: z.unknown() }).safeParse(schema.meta()).data?.example;
const bodies = endpoints.flatMap(({ name, body }) =>
  body === undefined ? [] : [{ name, schema: body.schema, example: exampleOf(body.schema) }],
);
const answers = endpoints.flatMap(({ name, answers }) =>
  Object.entries(answers).map(([status, schema]) => ({ name, status, schema, example: exampleOf(schema) })),
);

/** A value without one of its fields, with each of them null, and with one more. */
function spoilt(example: unknown): readonly unknown[] {
  if (typeof example !== 'object' || example === null) return [null, undefined, 7];
  const names = Object.keys(example);
  return [
    ...names.map((name) => ({ ...example, [name]: undefined })),
    ...names.map((name) => ({ ...example, [name]: null })),
    { ...example, more: 1 },
  ];
}

describe('what is often asked', () => {
  it.each(bodies)('$name takes and refuses the same bodies once it was asked often', ({ schema, example }) => {
    const compiled = z.compile(schema);
    for (const body of [example, ...spoilt(example)])
      expect(JSON.stringify(compiled.safeParse(body))).toBe(JSON.stringify(schema.safeParse(body)));
  });

  it.each(answers)('$name answers $status the same once it was asked often', ({ schema, example }) => {
    const encoding = encodingSchemaOf(schema);
    const { success, data: value } = schema.safeParse(example);
    if (encoding === undefined || !success) return;
    const compiled = z.compile(encoding);
    for (const one of [value, ...spoilt(value)]) {
      const [ordinary, quick] = [z.safeEncode(schema, one), z.safeParse(compiled, one)];
      expect(JSON.stringify([quick.success, quick.data])).toBe(JSON.stringify([ordinary.success, ordinary.data]));
    }
  });

  it('most answers that have an example can be turned around', () => {
    const told = answers.filter(({ example }) => example !== undefined);
    expect(told.filter(({ schema }) => encodingSchemaOf(schema)).length).toBeGreaterThan(told.length / 2);
  });
});
