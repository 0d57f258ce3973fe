import type { Rate } from '../capabilities/endpoint.ts';
import type { IncomingRequest, OutgoingResponse } from '../http/incoming.ts';
import type { Charge } from '../persistence/documents/document-container.ts';
import type { Principal, Role } from '../security/principal.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** What a route's `respond` is given of a request that was let in. */
export interface Call {
  readonly request: IncomingRequest;
  /** On a public route, nobody with no role. */
  readonly caller: Principal;
  readonly trace: TraceContext;
  /** Takes note of request units that were spent for this request. */
  readonly charge: Charge;
  /** Aborted once the client has been told that this took too long: nothing more need be begun. */
  readonly signal: AbortSignal;
}

/** Something that is served at an address: an endpoint of a service, or a page of the app itself. See `serveRoute`. */
export interface Route {
  /** Also the function's. */
  readonly name: string;
  readonly methods: readonly HttpMethod[];
  /** Without a slash in front, as the host takes it: `api/v1/orders/{id}`. */
  readonly route: string;
  /** Who may call; `public` is the only way to an anonymous route. */
  readonly roles: readonly Role[] | 'public';
  /** A rate that its callers are held to besides the usual one. */
  readonly rate?: Rate | undefined;
  /** Where it holds, the route is public to this request. */
  readonly isOpenTo?: (request: Pick<IncomingRequest, 'url' | 'headers'>) => boolean;
  /** The codes of all problems that it may be answered with: another is a bug, and answered as one. */
  readonly problems: ReadonlySet<string>;
  /** How long a request may take; `REQUEST_TIMEOUT`, where nothing is said. */
  readonly timeoutMs?: number | undefined;
  /** What it throws is answered as a problem (`problemOf`). */
  readonly respond: (call: Call) => Promise<OutgoingResponse>;
}

/** Whether nobody but admins may call, who may call everything. */
export function isForAdminsAlone({ roles }: Pick<Route, 'roles'>): boolean {
  return roles !== 'public' && roles.every((role) => role === 'admin');
}

/** Who can read can ask what reading would say (RFC 9110, section 9.3.2); the host leaves the body of that answer out. */
export const readMethods = ['GET', 'HEAD'] as const satisfies readonly HttpMethod[];
