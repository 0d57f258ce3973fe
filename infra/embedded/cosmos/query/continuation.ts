import { createHash } from 'node:crypto';
import { z } from 'zod';
import { badRequest } from '../errors.ts';
import type { SortValue } from './sort-key.ts';

/** Where a page ended. */
export interface Position {
  /** The sort values of its last item. */
  readonly after: readonly SortValue[];
  /** How many items TOP still allows; undefined without it. */
  readonly left?: number | undefined;
}

const Token = z.object({
  v: z.literal(1),
  of: z.string(),
  after: z.array(z.union([z.string(), z.number()])).min(1),
  left: z.int().min(1).optional(),
});

/** Tells a query over a source from every other, so that a token cannot continue what it does not belong to. */
export function markOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

/** The continuation token for a position: ASCII, because it travels in a header. */
export function encodeContinuation(mark: string, { after, left }: Position): string {
  return Buffer.from(JSON.stringify({ v: 1, of: mark, after, left })).toString('base64');
}

/** @throws CosmosError 400 for a token that is malformed or belongs to another query, partition or container. */
export function decodeContinuation(token: string, mark: string, sortKeys: number): Position {
  const parsed = Token.safeParse(jsonOf(token));
  if (!parsed.success) throw badRequest('Invalid Continuation Token: it is malformed.');
  const { of, after, left } = parsed.data;
  if (of !== mark || after.length !== sortKeys) {
    throw badRequest('Invalid Continuation Token: it belongs to another query, partition key or container.');
  }
  return { after, left };
}

function jsonOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString());
  } catch {
    // Refused by the schema, like any other text that is no token.
    return undefined;
  }
}
