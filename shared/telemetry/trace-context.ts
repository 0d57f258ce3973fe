import { randomHex } from '../ids.ts';
import { wellFormedTraceparent } from './traceparent.ts';

/** Where in which trace we are. Source: https://www.w3.org/TR/trace-context/#traceparent-header */
export interface TraceContext {
  readonly traceId: string;
  readonly traceparent: string;
}

/** Goes on with the caller's trace, or begins one where the caller sent none or a malformed one. */
export function traceContext(header: string | null | undefined): TraceContext {
  const parent = wellFormedTraceparent(header ?? undefined);
  const traceId = traceIdOf(parent) ?? randomHex();
  const flags = parent?.slice(53) ?? '01';
  return { traceId, traceparent: `00-${traceId}-${randomHex().slice(16)}-${flags}` };
}

/** The trace that a well-formed traceparent belongs to: what log lines and problems call `traceId`. */
export function traceIdOf(traceparent: string): string;
export function traceIdOf(traceparent: string | undefined): string | undefined;
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent?.slice(3, 35);
}
