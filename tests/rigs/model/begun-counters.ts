import { z } from 'zod';
import { type EndpointContext, endpoint } from '../../../shared/capabilities/endpoint.ts';
import { decidedLater } from '../../../shared/capabilities/endpoints/decided-later.ts';
import { created } from '../../../shared/http/answer.ts';
import { Counted, Counter } from '../kernel/counter.ts';

type BeginContext = Pick<
  EndpointContext<undefined, undefined, { readonly by: number }>,
  'body' | 'newId' | 'unitOfWork'
>;

export const CounterView = z.strictObject({ id: z.string(), count: z.int() });

/** A counter is decided at ten. */
export const onceAtTen = decidedLater({
  of: Counter,
  at: ({ id }: z.output<typeof CounterView>) => ({ boundary: `counters:${id}`, id }),
  isDecided: ({ count }) => count >= 10,
  show: (_, { id, state: { count } }) => ({ id, count }),
});

/** How an endpoint begins a counter, which is decided later. */
export const beginning = {
  name: 'begin-counter',
  summary: 'Begins a counter',
  method: 'POST',
  route: 'counters',
  roles: ['sales'],
  body: z.strictObject({ by: z.int() }),
  answers: { 201: CounterView },
  headers: ['etag'],
  decidedLater: onceAtTen,
  async handle({ body: { by }, newId, unitOfWork }: BeginContext) {
    const id = newId();
    const counter = await unitOfWork(`counters:${id}`).expectNew(Counter, id);
    counter.record(Counted({ counter: id, by }));
    return created(`counters/${id}`, { id, count: by }, counter.version);
  },
} as const;

export const beginCounter = endpoint(beginning);
