import type { WrittenSchema } from '../../http/json-schema.ts';

/**
 * Writes part of a request's schema so that generators of clients make of it what it means.
 *
 * A default becomes words: openapi-typescript takes a field that has one for a field that is always there, which holds for
 * answers alone, and an empty object as a default is no value in Go. One text that has to be as it is becomes a pattern: of
 * the field of a form, typescript-fetch makes a type by the name of its operation, and another by that of its schema, which may be
 * the same name.
 */
export function forRequests(schema: WrittenSchema): void {
  if (schema.default !== undefined) {
    const words = leftOut(schema.default);
    if (words !== undefined)
      schema.description = schema.description === undefined ? words : `${schema.description}. ${words}`;
    delete schema.default;
  }
  if (typeof schema.const === 'string') {
    schema.pattern = `^${schema.const}$`;
    delete schema.const;
  }
}

/** Nothing of an object: its fields say it of themselves. */
function leftOut(value: unknown): string | undefined {
  if (typeof value === 'object') return undefined;
  return value === '' ? 'Left out, it is empty' : `Left out, it is \`${value}\``;
}
