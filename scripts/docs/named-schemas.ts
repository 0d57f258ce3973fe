import type { Json, JsonObject } from '../../shared/http/json-schema.ts';

/**
 * A schema with every object and every choice of words in it as a schema of its own, named by the fields that lead there: whoever
 * generates code from the document gets `order.created.1.lines.item`, and not a number.
 *
 * @returns by name; the schema itself is among them.
 */
export function namedSchemas(name: string, schema: JsonObject): Readonly<Record<string, JsonObject>> {
  const found: Record<string, JsonObject> = {};
  const withNamedParts = (path: string, whole: JsonObject): JsonObject => {
    const part = <T extends Json | undefined>(inner: T, word: string): T | JsonObject =>
      isObject(inner) ? named(`${path}.${word}`, inner) : inner;
    const { properties, items, additionalProperties, anyOf, oneOf } = whole;
    const list = (choices: Json | undefined) =>
      isList(choices) ? choices.map((choice, index) => part(choice, `choice${index + 1}`)) : choices;
    return withoutUndefined({
      ...whole,
      properties: isObject(properties)
        ? Object.fromEntries(Object.entries(properties).map(([field, inner]) => [field, part(inner, field)]))
        : properties,
      items: part(items, 'item'),
      additionalProperties: part(additionalProperties, 'value'),
      anyOf: list(anyOf),
      oneOf: list(oneOf),
    });
  };
  const named = (path: string, inner: JsonObject): JsonObject => {
    const written = withNamedParts(path, inner);
    if (inner.properties === undefined && inner.enum === undefined) return written;
    found[path] = written;
    return schemaRef(path);
  };
  return { [name]: withNamedParts(name, schema), ...found };
}

export function schemaRef(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
const withoutUndefined = (object: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
