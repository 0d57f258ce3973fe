const firstMs = 20;
const longestMs = 5_000;

/**
 * Milliseconds to wait before the next try: exponential with full jitter, from 20 ms up to 5 s, never less than the
 * server asked for. Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param attempt the tries made so far, counted from 1
 */
export function backoff(attempt: number, retryAfterMs = 0): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** attempt);
  return Math.max(retryAfterMs, Math.random() * ceiling);
}
