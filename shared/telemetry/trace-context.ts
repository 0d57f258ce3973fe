import { randomBytes } from 'node:crypto';
import { Traceparent } from '../events/envelope.ts';

/** Where in which trace we are. Source: https://www.w3.org/TR/trace-context/#traceparent-header */
export interface TraceContext {
  readonly traceId: string;
  readonly traceparent: string;
}

/** Goes on with the caller's trace, or begins one where the caller sent none or a malformed one. */
export function traceContext(header: string | null | undefined): TraceContext {
  const { success, data } = Traceparent.safeParse(header);
  const traceId = success ? data.slice(3, 35) : randomBytes(16).toString('hex');
  const flags = success ? data.slice(53) : '01';
  return { traceId, traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}` };
}
