/** What a document can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A document, or any object inside one. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Tells an object from the other kinds of JSON. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
