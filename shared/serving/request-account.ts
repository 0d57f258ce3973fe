import type { Clock } from '../clock.ts';
import { type AddressSources, clientAddress } from '../http/client-address.ts';
import type { IncomingRequest, OutgoingResponse } from '../http/incoming.ts';
import { shortened } from '../http/ip-address.ts';
import { Rejection } from '../model/rejection.ts';
import type { Charge } from '../persistence/documents/document-container.ts';
import type { Principal } from '../security/principal.ts';
import { InvalidTokenError } from '../security/token-issuer.ts';
import type { Settings } from '../settings/settings.ts';
import type { Log } from '../telemetry/log.ts';
import type { Route } from './route.ts';

/** Who was refused what stays in the log, whatever else does not: OWASP ASVS 5.0, 16.3. */
const securityStatuses: ReadonlySet<number> = new Set([401, 403, 429]);

/** What becomes known of a request on its way, for the line that the log gets when it is answered. */
export class RequestAccount {
  /** Made by us for this request alone; the trace may be the caller's. */
  readonly requestId: string;
  readonly startedAt: Date;
  traceId = '';
  /** Who calls, once that is known; whether or not they were let in. */
  caller: Principal | undefined;
  /** Whose account a refusal is about, where that is not the caller's. */
  about: string | undefined;
  /** The code of the problem that it was answered with. */
  problem: string | undefined;
  requestUnits = 0;

  constructor(requestId: string, startedAt: Date) {
    this.requestId = requestId;
    this.startedAt = startedAt;
  }

  /** Takes note of why it is refused, and of whom that tells. */
  refuse(error: unknown, problem: string): void {
    this.problem = problem;
    if (error instanceof InvalidTokenError) this.caller = error.holder;
    if (error instanceof Rejection) this.about = error.account;
  }

  readonly charge: Charge = (_operation, requestUnits) => {
    this.requestUnits += requestUnits;
  };
}

interface Writer {
  readonly settings: Pick<Settings, 'REQUEST_LOG' | 'REQUEST_LOG_ADDRESS'> & AddressSources;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Writes the line of an answered request. It says which route it was, and nothing that the client wrote: a path, a query or
 * a header can hold a secret.
 */
export function logRequest(
  { route }: Pick<Route, 'route'>,
  { method, headers }: Pick<IncomingRequest, 'method' | 'headers'>,
  { status }: OutgoingResponse,
  account: RequestAccount,
  { settings, log, clock }: Writer,
): void {
  if (!isLogged(settings.REQUEST_LOG, status)) return;
  log.info('request', {
    requestId: account.requestId,
    traceId: account.traceId,
    route: `${method} /${route}`,
    status,
    problem: account.problem,
    durationMs: clock.now().getTime() - account.startedAt.getTime(),
    requestUnits: Math.round(account.requestUnits * 100) / 100,
    sub: account.caller?.sub,
    tenant: account.caller?.tenant,
    account: account.about,
    address: addressFor(settings.REQUEST_LOG_ADDRESS, clientAddress(headers, settings)),
  });
}

function isLogged(which: Settings['REQUEST_LOG'], status: number): boolean {
  if (which === 'all') return true;
  return which === 'problems' ? status >= 400 : securityStatuses.has(status);
}

function addressFor(how: Settings['REQUEST_LOG_ADDRESS'], address: string | undefined): string | undefined {
  if (how === 'none' || address === undefined) return undefined;
  return how === 'whole' ? address : shortened(address);
}
