import { z } from 'zod';
import { badRequest, preconditionFailed } from '../errors.ts';
import { raw, sql } from '../query/fragment.ts';
import { parseCondition } from '../query/parser.ts';
import { holds } from '../query/predicate.ts';
import { itemsOf } from '../query/source.ts';
import type { Container } from '../storage/container.ts';
import type { StoredItem } from '../storage/item-table.ts';
import { applyPatch, PatchOperation } from './patch-operation.ts';

const mostOperations = 10;

const Patch = z.object({
  condition: z.string().optional(),
  operations: z.array(PatchOperation).min(1),
});

/**
 * The document that a patch makes of an item. The body is the operations, or an object with a condition beside them.
 * @see https://learn.microsoft.com/azure/cosmos-db/partial-document-update
 * @throws CosmosError 400 for a patch that is malformed or cannot be applied, 412 when its condition does not hold.
 */
export function patched(container: Container, item: StoredItem, body: unknown): unknown {
  const parsed = Patch.safeParse(Array.isArray(body) ? { operations: body } : body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badRequest(`The patch is invalid: ${issue?.path.join('.')} ${issue?.message}.`);
  }
  const { condition, operations } = parsed.data;
  if (operations.length > mostOperations) {
    throw badRequest(`The number of patch operations can't exceed '${mostOperations}'.`);
  }
  if (condition !== undefined && !meets(container, item, condition)) throw preconditionFailed();
  const document: unknown = JSON.parse(item.body);
  operations.forEach((operation, position) => {
    applyPatch(document, operation, position + 1);
  });
  return document;
}

function meets(container: Container, { number }: StoredItem, condition: string): boolean {
  // The row is known already, so the condition is not worth an index.
  const source = itemsOf(container, undefined, 0);
  const scope = { source: { ...source, columns: () => undefined }, parameters: new Map() };
  const { text, values } = sql`SELECT 1 FROM ${raw(container.items.name)} WHERE number = ${number}
    AND ${holds(parseCondition(condition), true, scope)}`;
  return container.items.sqlite.statement(text).get(...values) !== undefined;
}
