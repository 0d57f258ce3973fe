import { z } from 'zod';
import { hashOf } from '../../ids.ts';
import { StoredDocument } from '../documents/stored-document.ts';

/** The answer to a request under an idempotency key, kept in the boundary that the request wrote. */
export const StoredAnswer = StoredDocument.extend({
  kind: z.literal('answer'),
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type StoredAnswer = z.infer<typeof StoredAnswer>;

/** The id under which the answer is kept, from whatever tells one request from another. */
export function answerId(...scope: readonly string[]): string {
  return `answer:${hashOf(scope)}`;
}
