import { clientNetwork } from '../http/client-address.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { Problem } from '../http/problems/problem.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { InvalidTokenError } from '../security/token-issuer.ts';
import { errorText } from '../telemetry/log.ts';
import type { TraceContext } from '../telemetry/trace-context.ts';
import type { RequestAccount } from './request-account.ts';
import { isForAdminsAlone, type Route } from './route.ts';

interface Refused {
  readonly route: Route;
  readonly request: Pick<IncomingRequest, 'headers'>;
  readonly account: RequestAccount;
  readonly trace: TraceContext;
}

type Host = Pick<Runtime, 'log' | 'settings' | 'mayNotice' | 'noticeRefusal'>;

/**
 * Lets security hear of a request that was not let in: an event, where somebody with a good token wants what is for admins alone; a
 * line of the log, where nobody whom we trust has signed the token, since whoever that is should not have us write elsewhere. The
 * caller is refused all the same where that cannot be stored.
 */
export async function noticeRefused(
  error: unknown,
  { route, request, account, trace }: Refused,
  { log, settings, mayNotice, noticeRefusal }: Host,
): Promise<void> {
  const line = { route: route.name, requestId: account.requestId, traceId: trace.traceId };
  const { caller } = account;
  const lacksRole = error instanceof Problem && error.code === 'forbidden';
  if (lacksRole && caller !== undefined && isForAdminsAlone(route)) {
    try {
      await noticeRefusal({ caller, capability: route.name, trace });
    } catch (failure) {
      log.error('refusal not stored', { ...line, error: errorText(failure) });
    }
  }
  const isForged = error instanceof InvalidTokenError && error.isForged;
  if (isForged && mayNotice(`forged ${clientNetwork(request.headers, settings)}`))
    log.warn('forged access token refused', { ...line, error: errorText(error) });
}
