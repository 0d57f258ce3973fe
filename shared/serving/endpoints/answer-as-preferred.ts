import type { Endpoint } from '../../capabilities/endpoint.ts';
import type { OutgoingResponse } from '../../http/incoming.ts';
import { preferredWait } from '../../http/prefer.ts';
import { Reader } from '../../persistence/reading/reader.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Call } from '../route.ts';
import { waitAsPreferred } from './wait-as-preferred.ts';

interface Place {
  readonly service: string;
  readonly runtime: Pick<Runtime, 'clock' | 'settings' | 'commitWatch' | 'heldRequests' | 'containerOf'>;
}

/** The answer, once what it tells of is decided, where its caller prefers to wait for that. */
export async function answerAsPreferred(
  { decidedLater, answers, timeoutMs }: Pick<Endpoint, 'decidedLater' | 'answers' | 'timeoutMs'>,
  { request, charge, caller: { tenant } }: Call,
  { runtime, service }: Place,
  answer: () => Promise<OutgoingResponse>,
): Promise<OutgoingResponse> {
  const preferred = decidedLater === undefined ? undefined : preferredWait(request.headers.get('prefer'));
  if (decidedLater === undefined || preferred === undefined) return answer();
  const { clock, settings, commitWatch, heldRequests } = runtime;
  const timeUpAt = clock.now().getTime() + (timeoutMs ?? settings.REQUEST_TIMEOUT);
  const response = await answer();
  const container = runtime.containerOf(service).charging(charge);
  return waitAsPreferred({ decidedLater, answers }, response, {
    preferred,
    timeUpAt,
    tenant,
    container: container.name,
    reader: new Reader(container, tenant),
    commitWatch,
    heldRequests,
    clock,
  });
}
