import { unsupported } from '../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** The way from a document to a value inside it, by the names of properties. */
export type Path = readonly string[];

/**
 * The types of JSON in the order in which Cosmos DB sorts them; 0 is undefined, a path that leads nowhere.
 * @see https://learn.microsoft.com/azure/cosmos-db/nosql/query/order-by
 */
export const rank = { undefined: 0, null: 1, boolean: 2, number: 3, string: 4, array: 5, object: 6 } as const;

/** The rank of a type. */
export type Rank = (typeof rank)[keyof typeof rank];

/** The rank of a value. */
export function rankOf(value: Json | undefined): Rank {
  if (value === undefined) return rank.undefined;
  if (value === null) return rank.null;
  if (Array.isArray(value)) return rank.array;
  return rank[typeof value as 'boolean' | 'number' | 'string' | 'object'];
}

/** What a document has at a path. */
export function valueIn(document: JsonObject, path: Path): Json | undefined {
  let value: Json | undefined = document;
  for (const step of path) value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

/** SQL for the rank of the value at a path of the stored body. */
export function rankAt(path: Path): string {
  return `CASE json_type(body, ${pathLiteral(path)}) WHEN 'text' THEN 4 WHEN 'integer' THEN 3 WHEN 'real' THEN 3
    WHEN 'true' THEN 2 WHEN 'false' THEN 2 WHEN 'null' THEN 1 WHEN 'array' THEN 5 WHEN 'object' THEN 6 ELSE 0 END`;
}

/** SQL for the value at a path: never NULL, so that null and undefined, told apart by rank, compare like any value. */
export function valueAt(path: Path): string {
  return `ifnull(json_extract(body, ${pathLiteral(path)}), '')`;
}

/**
 * A path as an SQL string literal (SQLite allows no parameter in a generated column).
 * @throws CosmosError 400 for a name that a path of SQLite cannot express.
 */
export function pathLiteral(path: Path): string {
  const steps = path.map((step) => `.${quoted(step)}`);
  return `'$${steps.join('').replaceAll("'", "''")}'`;
}

function quoted(name: string): string {
  if (/["\\\0]/.test(name)) throw unsupported(`Property name ${JSON.stringify(name)} in a path`);
  return `"${name}"`;
}
