import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrorsOf, fieldErrorsText } from './field-errors.ts';

const Item = z.strictObject({ items: z.array(z.strictObject({ quantity: z.int() })) });

const errorsOf = (sent: unknown) => fieldErrorsOf(Item.safeParse(sent).error ?? new z.ZodError([]));

describe('field errors', () => {
  it('field errors name each place, and each field that is not known', () => {
    const errors = errorsOf({ items: [{ quantity: 1, price: 2, note: '' }, { quantity: 'x' }] });
    expect(errors.map(({ path }) => path)).toEqual(['items.0.price', 'items.0.note', 'items.1.quantity']);
    expect(fieldErrorsText('body', errors)).toMatch(/^The body does not fit: items\.0\.price is not a known field; /);
  });

  it('field errors stop after twenty, and say how many more there are', () => {
    for (const sent of [
      { items: Array.from({ length: 1_000 }, () => ({ quantity: 'x' })) },
      { items: [], ...Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, 1])) },
    ]) {
      const errors = errorsOf(sent);
      expect(errors).toHaveLength(21);
      expect(errors.at(-1)).toEqual({ path: '', message: 'and 980 more' });
    }
  });

  it('field errors cut a name that is long', () => {
    expect(errorsOf({ items: [], ['x'.repeat(100_000)]: 1 })[0]?.path).toBe(
      `${'x'.repeat(100)} … (100000 characters in all)`,
    );
  });
});
