import { httpCall } from '../http-call.ts';

/** A request of the demo to the API, as whoever has the token. */
export type DemoCall = (
  method: string,
  route: string,
  body?: unknown,
  idempotencyKey?: string,
) => Promise<{ readonly status: number; readonly text: string }>;

export function demoCaller(url: string, token: string): DemoCall {
  return (method, route, body, idempotencyKey) =>
    httpCall(new URL(route, url), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}
