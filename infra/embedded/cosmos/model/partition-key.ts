import { wrongPartitionKey } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ContainerDefinition } from './container-definition.ts';

/**
 * The value of a partition key as the JSON text under which items are stored; `{}` stands for a document that has no
 * such property, as it does in the request header.
 */
export type PartitionKey = string & { readonly partitionKey: true };

const none = '{}';

/** The partition key that a document belongs to. */
export function partitionKeyOf(definition: ContainerDefinition, document: JsonObject): PartitionKey {
  let value: unknown = document;
  for (const step of definition.partitionKey.paths[0]?.split('/').slice(1) ?? []) {
    value = isJsonObject(value) ? value[step] : undefined;
  }
  return keyOf(value);
}

/**
 * Reads the header `x-ms-documentdb-partitionkey`, or the same text in an operation of a batch: `["value"]`.
 * @throws CosmosError 400/1001 when it is not a list of the one value that the container's definition asks for.
 */
export function parsePartitionKey(text: string): PartitionKey {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    // Told below, in the words of the service.
    values = undefined;
  }
  if (!Array.isArray(values) || values.length !== 1) {
    throw wrongPartitionKey(
      `Partition key ${text} is invalid: the container's definition asks for a list of one value.`,
    );
  }
  return keyOf(values[0]);
}

function keyOf(value: unknown): PartitionKey {
  if (value === undefined || (isJsonObject(value) && Object.keys(value).length === 0)) return none as PartitionKey;
  if (typeof value === 'object' && value !== null) {
    throw wrongPartitionKey('A partition key has to be a string, a number, a boolean or null.');
  }
  return JSON.stringify(value) as PartitionKey;
}
