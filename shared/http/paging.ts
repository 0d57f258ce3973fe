import { z } from 'zod';
import { Problem } from './problems/problem.ts';

/** Digits alone: `Number` takes `0x2` and `1e1` too. */
const digits = (sent: unknown) => (typeof sent === 'string' && /^\d+$/.test(sent) ? Number(sent) : sent);

/** The query of every list. */
export const PageQuery = z.strictObject({
  limit: z.preprocess(digits, z.int().min(1).max(100)).default(50).describe('How many items at most'),
  continuation: z.string().max(2_000).optional().describe('The `continuation` of the page before'),
});

/** A list's answer; without `continuation` it was the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  const page = z.object({
    items: z.array(item),
    continuation: z.string().optional().describe('Ask for the next page with it; absent on the last one'),
  });
  const { id } = item.meta() ?? {};
  return id === undefined ? page : page.meta({ id: `${id}Page` });
}

/** Makes an opaque continuation of where a list stopped. */
export function continuationOf(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Where to go on. @throws Problem 422 when the text is no continuation of this list. */
export function positionOf<Schema extends z.ZodType>(continuation: string, schema: Schema): z.output<Schema> {
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(continuation, 'base64url').toString());
  } catch (error) {
    throw error instanceof SyntaxError ? invalidContinuation() : error;
  }
  const result = schema.safeParse(position);
  if (!result.success) throw invalidContinuation();
  return result.data;
}

/** The continuation is of another list, or of none. Made to be thrown. */
export function invalidContinuation(): Problem {
  return new Problem(422, 'invalid-continuation', 'The continuation is not one of this list. Begin again without it.');
}
