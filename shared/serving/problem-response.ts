import type { OutgoingResponse } from '../http/incoming.ts';
import type { Problem } from '../http/problems/problem.ts';

/** A problem as it goes to the client (RFC 9457). */
export function problemResponse(problem: Problem, traceId: string): OutgoingResponse {
  return {
    status: problem.status,
    headers: { ...problem.headers, 'content-type': 'application/problem+json' },
    body: JSON.stringify(problem.body(traceId)),
  };
}
