import { z } from 'zod';

/** A W3C trace context (https://www.w3.org/TR/trace-context/): a malformed one makes the Functions host drop a batch. */
const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
export const Traceparent = z.string().regex(traceparentPattern);

/** The traceparent as it may leave this process; `undefined` where it is malformed or there is none. */
export function wellFormedTraceparent(traceparent: string | undefined): string | undefined {
  return traceparent !== undefined && traceparentPattern.test(traceparent) ? traceparent : undefined;
}
