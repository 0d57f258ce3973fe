import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MinorUnits, Money } from '../money.ts';
import { encodingSchemaOf } from './encoding-schema.ts';
import { encoderOf, parserOf } from './often-used.ts';

const often = Array.from({ length: 60 }).keys();

describe('a schema that is often used', () => {
  it('a schema parses and refuses the same however often it has been used', () => {
    const schema = z
      .strictObject({ price: Money, lines: z.array(z.strictObject({ tax: z.string().default('standard') })).min(1) })
      .refine(({ price }) => price < 100_000, { path: ['price'], error: 'is too much' });
    const lines = [{}];
    for (const _ of often) {
      const parser = parserOf(schema);
      expect(parser.parse({ price: 9.99, lines })).toEqual({ price: 999, lines: [{ tax: 'standard' }] });
      for (const [wrong, path] of [
        [{ price: 9.999, lines }, ['price']],
        [{ price: 2_000, lines }, ['price']],
        [{ price: 1, lines: [] }, ['lines']],
        [{ price: 1, lines: [{ tax: 7 }] }, ['lines', 0, 'tax']],
        [{ price: 1, lines, more: 1 }, []],
      ] as const)
        expect(parser.safeParse(wrong).error?.issues.map((issue) => issue.path)).toEqual([path]);
    }
  });

  it('a schema encodes and refuses the same however often it has been used', () => {
    const schema = z.object({
      price: Money,
      before: Money.nullable(),
      lines: z.array(z.object({ discount: Money.optional(), name: z.string() })),
      flags: z.array(z.enum(['price', 'tax'])).default([]),
    });
    const value = {
      price: 999,
      before: null,
      lines: [{ name: 'TEA', discount: 5, more: 1 }, { name: 'MILK' }],
      flags: [],
    };
    for (const _ of often) {
      const encode = encoderOf(schema);
      expect(encode(value)).toEqual({
        ...{ price: 9.99, before: null, flags: [] },
        lines: [{ name: 'TEA', discount: 0.05 }, { name: 'MILK' }],
      });
      for (const wrong of [
        { ...value, price: 9.5 },
        { ...value, before: undefined },
        { ...value, flags: ['none'] },
      ])
        expect(() => encode(wrong)).toThrow(z.ZodError);
    }
  });
});

describe('a schema that parses as another encodes', () => {
  it('it is the same one where nothing in it is written otherwise than it is read', () => {
    const schema = z.object({ id: z.string(), amounts: z.array(MinorUnits).max(3).optional() });
    expect(encodingSchemaOf(schema)).toBe(schema);
  });

  it('there is none where a check is of the value before it is encoded, or a part cannot be turned around', () => {
    const checked = z.object({ from: Money, to: Money }).refine(({ from, to }) => from <= to);
    for (const schema of [
      checked,
      z.array(Money).max(1),
      z.object({ day: z.string().transform(Number) }),
      z.lazy(() => Money),
    ])
      expect(encodingSchemaOf(schema)).toBeUndefined();
  });
});
