import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { FaultGate } from '../../faults/gate.ts';
import type { Service } from '../service.ts';
import { addressOf } from './address.ts';
import { authorize, type Gate } from './authorization.ts';
import { disturbed, judge } from './fault-gate.ts';
import { type Reply, replyToThrown, send } from './reply.ts';
import { type CosmosRequest, readRequest } from './request.ts';
import { route } from './routes.ts';

/** What answering needs. */
export interface ListenerOptions {
  readonly service: Service;
  readonly gate: Gate;
  readonly faults: FaultGate | undefined;
  /** Whether the server has been closed: what was held until then is dropped. */
  isClosed(): boolean;
}

/** Answers every request, whatever it is and whatever goes wrong. */
export function createListener(options: ListenerOptions): RequestListener {
  return (message, response) => {
    answer(options, message, response).catch((error: unknown) => {
      if (!response.destroyed) send(response, replyToThrown(error));
    });
  };
}

async function answer(options: ListenerOptions, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readRequest(message);
  await authorize(options.gate, request);
  const address = addressOf(request.segments);
  const verdict = await judge(options.faults, address, request);
  options.service.sqlite.past.keep(options.faults?.keepsPast ?? false);
  if (options.isClosed() || verdict.kind === 'drop') {
    message.socket.destroy();
    return;
  }
  const reply = served(options.service, disturbed(request, verdict));
  if (verdict.kind === 'apply-then-drop') message.socket.destroy();
  else send(response, reply);
}

function served(service: Service, request: CosmosRequest): Reply {
  try {
    return route(service, request);
  } catch (error) {
    return replyToThrown(error);
  }
}
