import type { z } from 'zod';
import type { LookupContract } from '../lookups/define-lookup.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import type { KeySource } from '../security/key-source.ts';
import type { Settings } from '../settings/settings.ts';

/** What an answer is read from: the owner's own documents, of the tenant of whoever asks. It asks nobody else. */
export interface AnswerContext {
  readonly now: Date;
  readonly reader: Reader;
  readonly settings: Settings;
  /** Whose people it is asked about. */
  readonly tenant: string;
  /** By which the system signs: what is derived from them is stored nowhere. */
  readonly signingKeys: KeySource;
}

/** An answer without its types. */
export interface Answers {
  readonly word: 'answers';
  /** The lookup's. */
  readonly name: string;
  readonly lookup: LookupContract;
  readonly answer: (input: unknown, context: AnswerContext) => Promise<unknown>;
}

/**
 * A capability that answers a question of other services. It reads, and writes nothing; where there is nothing to tell, or whom
 * it is about is gone, it answers nothing. A lookup has one owner.
 *
 * @example
 * export const addressOfOrder = answers(AddressOfOrder, async ({ orderId }, { reader }) => {
 *   const details = await reader.read(OrderDetails, { boundary: orderBoundary(orderId), id: orderId });
 *   const deliveryAddress = details?.state.deliveryAddress;
 *   return deliveryAddress === undefined ? undefined : { deliveryAddress };
 * });
 */
export function answers<Input extends z.ZodType, Output extends z.ZodType>(
  lookup: LookupContract<Input, Output>,
  answer: (input: z.output<Input>, context: AnswerContext) => Promise<z.input<Output> | undefined>,
): Answers {
  // Whoever asks has had the question checked by the very contract.
  return { word: 'answers', name: lookup.name, lookup, answer: answer as Answers['answer'] };
}
