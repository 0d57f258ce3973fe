import type { z } from 'zod';

/** A question that one service asks another while it works. */
export interface LookupContract<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** What is asked by. */
  readonly input: Input;
  /** What is answered, where there is an answer. */
  readonly output: Output;
}

/**
 * Asks the service that owns the answer, in this process, about the tenant of whoever asks. Nothing where there is nothing to
 * tell, or nothing any more: whoever asks goes on without.
 *
 * @example
 * const contact = await lookup(ContactOfUser, { userId });
 *
 * @throws ZodError where the question or the answer breaks the contract; StoreUnavailableError where no answer comes in time.
 */
export type Lookup = <Input extends z.ZodType, Output extends z.ZodType>(
  contract: LookupContract<Input, Output>,
  input: z.input<Input>,
) => Promise<z.output<Output> | undefined>;

/**
 * The contract of a question, which the one who asks and the one who answers share. For what is in no event because it is
 * personal, and is wanted as it is now: it is looked up when it is needed, and kept nowhere else.
 *
 * @example
 * export const ContactOfUser = defineLookup({
 *   name: 'contact-of-user',
 *   input: z.strictObject({ userId: z.string() }),
 *   output: z.strictObject({ email: z.string() }),
 * });
 */
export function defineLookup<Input extends z.ZodType, Output extends z.ZodType>(
  contract: LookupContract<Input, Output>,
): LookupContract<Input, Output> {
  return contract;
}
