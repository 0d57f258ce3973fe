/** What a document can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A document, or any object inside one. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value has arrays and objects inside each other more than `levels` deep. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part));
}

/** Tells an object from the other kinds of JSON. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
