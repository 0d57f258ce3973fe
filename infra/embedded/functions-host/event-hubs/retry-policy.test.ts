import { expect, it } from 'vitest';
import { retryPolicyOf } from './retry-policy.ts';

const policyOf = (retryOptions?: unknown) => retryPolicyOf({ name: 'f', bindings: {}, retryOptions });

it('a retry policy waits by a fixed delay or by an exponential backoff', () => {
  const fixed = policyOf({ retryStrategy: 'fixedDelay', maxRetryCount: -1, delayInterval: { seconds: 2 } });
  expect([fixed.maxRetries, fixed.delayMs(1), fixed.delayMs(9)]).toEqual([-1, 2_000, 2_000]);
  const growing = policyOf({
    retryStrategy: 'exponentialBackoff',
    maxRetryCount: 5,
    minimumInterval: { seconds: 1 },
    maximumInterval: { seconds: 5 },
  });
  expect([1, 2, 3, 4].map((retry) => growing.delayMs(retry))).toEqual([1_000, 2_000, 4_000, 5_000]);
});

it('a missing retry policy means no retry, and an invalid one is refused', () => {
  expect(policyOf().maxRetries).toBe(0);
  expect(() => policyOf({ retryStrategy: 'now' })).toThrow('Function "f": its retry policy is wrong');
});
