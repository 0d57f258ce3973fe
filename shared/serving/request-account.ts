import type { Clock } from '../clock.ts';
import type { IncomingRequest, OutgoingResponse } from '../http/incoming.ts';
import type { Charge } from '../persistence/documents/document-container.ts';
import type { Principal } from '../security/principal.ts';
import type { Settings } from '../settings/settings.ts';
import type { Log } from '../telemetry/log.ts';
import type { Route } from './route.ts';

/** What becomes known of a request on its way, for the line that the log gets when it is answered. */
export class RequestAccount {
  readonly startedAt: Date;
  traceId = '';
  /** Who calls, once they were let in. */
  caller: Principal | undefined;
  /** The code of the problem that it was answered with. */
  problem: string | undefined;
  requestUnits = 0;

  constructor(startedAt: Date) {
    this.startedAt = startedAt;
  }

  readonly charge: Charge = (_operation, requestUnits) => {
    this.requestUnits += requestUnits;
  };
}

interface Writer {
  readonly settings: Pick<Settings, 'REQUEST_LOG'>;
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Writes the line of an answered request. It says which route it was, and nothing that the client wrote: a path, a query or
 * a header can hold a secret.
 */
export function logRequest(
  { route }: Pick<Route, 'route'>,
  { method }: Pick<IncomingRequest, 'method'>,
  { status }: OutgoingResponse,
  account: RequestAccount,
  { settings, log, clock }: Writer,
): void {
  if (settings.REQUEST_LOG === 'none' || (settings.REQUEST_LOG === 'problems' && status < 400)) return;
  log.info('request', {
    traceId: account.traceId,
    route: `${method} /${route}`,
    status,
    problem: account.problem,
    durationMs: clock.now().getTime() - account.startedAt.getTime(),
    requestUnits: Math.round(account.requestUnits * 100) / 100,
    sub: account.caller?.sub,
    tenant: account.caller?.tenant,
  });
}
