import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { type Json, type JsonObject, jsonSchemaOf, type Writing } from '../../http/json-schema.ts';

/** The schemas that a document names, gathered while it is written: one name, one schema. */
export class ComponentSchemas {
  readonly #schemas = new Map<string, Json | undefined>();

  /**
   * The schema as it stands in the document: where it (or a part of it) has an `id` in its metadata, it is referred to.
   *
   * @throws Error when two different schemas have one id.
   */
  of(schema: z.ZodType, rewrite?: Writing['rewrite']): JsonObject {
    const writing: Writing = { descriptions: true, target: 'draft-2020-12' };
    const written = jsonSchemaOf(schema, rewrite === undefined ? writing : { ...writing, rewrite });
    const { $defs = {}, ...document } = pointingToComponents(written);
    for (const [name, definition] of Object.entries(Object($defs))) this.#add(name, definition as Json);
    return document;
  }

  /** By name. */
  all(): JsonObject {
    return Object.fromEntries([...this.#schemas].toSorted(([one], [other]) => one.localeCompare(other)));
  }

  #add(name: string, schema: Json): void {
    const known = this.#schemas.get(name);
    if (known !== undefined && !isDeepStrictEqual(known, schema)) throw new Error(`two schemas are called ${name}`);
    this.#schemas.set(name, schema);
  }
}

function pointingToComponents(document: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(document).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
