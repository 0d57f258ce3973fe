import type { SqlQuerySpec } from '@azure/cosmos';
import { storedBoundary } from './stored-document.ts';

/** A stretch of all documents of a kind by their ids, or those that have one id. */
export type WalkQuestion = { readonly after: string | undefined; readonly limit: number } | { readonly id: string };

/**
 * The query for a walk. It begins behind an id, so that it can go on in another process, and after any time: continuation
 * tokens of Cosmos DB are bound to the partitions as they were.
 */
export function walkQuery(tenant: string, kind: string, question: WalkQuestion): SqlQuerySpec {
  const isOne = 'id' in question;
  const first = storedBoundary(tenant, '');
  // The character behind the one that ends a tenant's name.
  const behind = `${first.slice(0, -1)}${String.fromCharCode(first.charCodeAt(first.length - 1) + 1)}`;
  return {
    query: [
      `SELECT ${isOne ? '' : 'TOP @limit '}* FROM c WHERE c.kind = @kind AND c.id ${isOne ? '=' : '>'} @id`,
      'AND c.boundary >= @first AND c.boundary < @behind ORDER BY c.id',
    ].join(' '),
    parameters: [
      ...(isOne ? [] : [{ name: '@limit', value: question.limit }]),
      { name: '@kind', value: kind },
      { name: '@id', value: isOne ? question.id : (question.after ?? '') },
      { name: '@first', value: first },
      { name: '@behind', value: behind },
    ],
  };
}
