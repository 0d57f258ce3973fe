import { z } from 'zod';
import type { FunctionMetadata } from '../app/rpc.ts';
import type { FailurePolicy } from '../attempts.ts';
import { StartupError } from '../startup-error.ts';

const Interval = z.object({ seconds: z.number().min(0) }).transform(({ seconds }) => seconds * 1_000);

/** As the programming model hands a function's `retry` to the worker. */
const RetryOptions = z.discriminatedUnion('retryStrategy', [
  z.object({ retryStrategy: z.literal('fixedDelay'), maxRetryCount: z.int().min(-1), delayInterval: Interval }),
  z.object({
    retryStrategy: z.literal('exponentialBackoff'),
    maxRetryCount: z.int().min(-1),
    minimumInterval: Interval,
    maximumInterval: Interval,
  }),
]);

/**
 * A function's retry policy; without one it is not run again.
 * Source: https://learn.microsoft.com/azure/azure-functions/functions-bindings-error-pages#retry-policies
 *
 * @throws StartupError naming the function.
 */
export function retryPolicyOf({ name, retryOptions }: FunctionMetadata): FailurePolicy {
  if (retryOptions === undefined) return { maxRetries: 0, delayMs: () => 0 };
  const parsed = RetryOptions.safeParse(retryOptions);
  if (!parsed.success)
    throw new StartupError(`Function "${name}": its retry policy is wrong: ${z.prettifyError(parsed.error)}`);
  const options = parsed.data;
  return {
    maxRetries: options.maxRetryCount,
    delayMs(retry) {
      if (options.retryStrategy === 'fixedDelay') return options.delayInterval;
      return Math.min(options.minimumInterval * 2 ** (retry - 1), options.maximumInterval);
    },
  };
}
