import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonSchemaOf } from './json-schema.ts';
import { patchOf } from './patch-body.ts';

const Patch = patchOf({ name: z.string(), note: z.string().nullable() });

describe('the body of a change', () => {
  it('the body of a change has some of the fields, as they are sent', () => {
    expect(Patch.parse({ note: null })).toEqual({ note: null });
    expect(Patch.parse({ name: 'a', note: 'b' })).toEqual({ name: 'a', note: 'b' });
  });

  it('the body of a change is refused where it names nothing, with all that it may name', () => {
    expect(Patch.safeParse({}).error?.issues).toMatchObject([{ message: 'name what to change: name, note' }]);
  });

  it('the body of a change is refused with an unknown field or an unfit value', () => {
    expect([{ size: 1 }, { name: null }].map((body) => Patch.safeParse(body).success)).toEqual([false, false]);
  });

  it('the body of a change says in its JSON schema that it names something', () => {
    expect(jsonSchemaOf(Patch, { descriptions: false })).toMatchObject({
      minProperties: 1,
      additionalProperties: false,
    });
  });
});
