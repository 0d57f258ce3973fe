import { randomUUID } from 'node:crypto';
import type { RpcTraceContext } from './rpc.ts';

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/** The W3C headers of whoever caused an invocation. */
export interface TraceHeaders {
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/** The span of an invocation: a child of the caller's when the caller sent a valid one, else the root of a new trace. */
export function traceContext(caller?: TraceHeaders): RpcTraceContext {
  const [, traceId, flags] = traceparent.exec(caller?.traceparent ?? '') ?? [];
  const spanId = randomHex().slice(16);
  if (traceId === undefined) return { traceParent: `00-${randomHex()}-${spanId}-01` };
  const traceState = caller?.tracestate;
  return { traceParent: `00-${traceId}-${spanId}-${flags}`, ...(traceState === undefined ? {} : { traceState }) };
}

/** Node keeps the bytes of UUIDs in stock, and asks the system for any others each time. */
function randomHex(): string {
  return randomUUID().replaceAll('-', '');
}
