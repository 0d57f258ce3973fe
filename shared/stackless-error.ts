/**
 * An error that somebody is answered with and nobody looks for: it does not say where in the code it comes from. To find that out takes
 * longer than all else that a refusal costs, and there are many of them when there is the least time.
 */
export class StacklessError extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
