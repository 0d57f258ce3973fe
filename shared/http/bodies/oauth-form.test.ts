import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { oauthForm } from './oauth-form.ts';

const { parse } = oauthForm(z.strictObject({ username: z.string(), scope: z.string().optional() }));

describe('the form of an OAuth client', () => {
  it('parameters that are not known are ignored, and empty ones count as left out', () => {
    expect(parse('username=ann&client_id=web&client_id=app&scope=&constructor=x&__proto__=y')).toEqual({
      username: 'ann',
    });
  });

  it('a known parameter that is sent twice stays two, for the schema to refuse', () => {
    expect(parse('username=ann&username=')).toEqual({ username: ['ann', ''] });
  });

  it('whatever is sent, nothing but known parameters is read, and those as they are', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom('a', 'toString', '__proto__', ''), fc.string()), { maxLength: 15 });
    fc.assert(
      fc.property(
        pairs,
        fc.string({ minLength: 1 }).filter((text) => text.isWellFormed()),
        (others, username) => {
          expect(parse(new URLSearchParams([...others, ['username', username]]).toString())).toEqual({ username });
        },
      ),
    );
  });

  it('a form of more than twenty parameters is refused, known or not', () => {
    expect(() => parse('a=1&'.repeat(21))).toThrow('has more than 20 fields');
  });
});
