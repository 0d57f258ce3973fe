import type { z } from 'zod';
import type { DomainEvent } from '../events/define-event.ts';
import { ok } from '../http/answer.ts';
import type { Aggregate } from '../model/aggregate.ts';
import type { Projection } from '../model/projection.ts';
import { rejectAbsent } from '../model/rejection.ts';
import { type Endpoint, type EndpointContext, type EndpointSpecification, endpoint } from './endpoint.ts';

/** What a command is told of its request. It reads and writes nothing else: so it has neither reader nor unit of work. */
export type CommandContext<Params, Query, Body> = Omit<
  EndpointContext<Params, Query, Body>,
  'unitOfWork' | 'reader' | 'ifMatch'
>;

/** What is decided on, as it is stored or about to be. */
export interface Subject<State, Beside> {
  readonly state: State;
  readonly version: number;
  /** The projection that is kept beside it; `undefined` where the command names none. */
  readonly beside: Beside;
}

type SaidByTheWord = 'handle' | 'answers' | 'headers' | 'needs';

export interface CommandSpecification<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  View extends z.ZodType,
  State,
  Beside,
  Context = CommandContext<z.output<Params>, z.output<Query>, z.output<Body>>,
> extends Omit<EndpointSpecification<Params, Query, Body, Readonly<Record<number, View>>, never>, SaidByTheWord> {
  /** The aggregate that is decided on. */
  readonly of: Aggregate<State>;
  /** Where it is. */
  readonly at: (context: Context) => { readonly boundary: string; readonly id: string };
  /** What is kept beside it, in its boundary under its id, and shown with it. Where it is gone, so is the aggregate. */
  readonly beside?: Projection<Beside>;
  /** Refuses callers who may not do this, or not know that it exists. @throws Rejection */
  readonly allow?: (context: Context, state: State) => void;
  /** What has happened by this; nothing, where it was done already. Pure: it runs again when a race is lost. @throws Rejection */
  readonly decide: (state: State, context: Context) => readonly DomainEvent[];
  /** What the answer shows: its schema, and the function that makes it. */
  readonly view: readonly [schema: View, viewOf: (subject: Subject<State, Beside>) => z.output<View>];
}

/**
 * An endpoint that decides on one aggregate: loads it (404 where it is not there), lets `allow` refuse the caller, decides,
 * holds them to their `If-Match`, records, commits, and answers its view, with its version as the `ETag`.
 *
 * Where nothing is decided, nothing is written, and `If-Match` does not count: whoever repeats what was done already, since
 * they have lost the answer, still names the version before it (RFC 9110, section 13.1.1). `not-found` and
 * `precondition-failed` need not be declared.
 *
 * @example
 * export const shipOrder = command({
 *   name: 'ship-order',
 *   summary: 'Says that a confirmed order has left; its stock leaves with it',
 *   method: 'POST',
 *   route: 'orders/{id}/ship',
 *   roles: ['logistics'],
 *   params: OrderPath,
 *   of: Order,
 *   at: ({ params: { id } }) => ({ boundary: orderBoundary(id), id }),
 *   decide: (order) => moveTo(order, 'shipped'),
 *   view: [OrderView, viewOf],
 *   problems: ['illegal-transition'],
 * });
 */
export function command<
  View extends z.ZodType,
  State,
  Beside = undefined,
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(specification: CommandSpecification<Params, Query, Body, View, State, Beside>): Endpoint {
  const { of, at, beside, allow, decide, view, problems = [], ...called } = specification;
  const [schema, viewOf] = view;
  return endpoint({
    ...called,
    answers: { 200: schema },
    headers: ['etag'],
    problems: [...problems, ...(called.params === undefined ? (['not-found'] as const) : []), 'precondition-failed'],
    async handle({ unitOfWork, reader: _, ifMatch, ...context }) {
      const { boundary, id } = at(context);
      const work = unitOfWork(boundary);
      if (beside !== undefined) await work.preload([of, beside].map((type) => ({ type, id })));
      const decided = await work.load(of, id);
      const kept = beside === undefined ? undefined : await work.load(beside, id);
      if (!decided.exists || kept?.exists === false) throw rejectAbsent(`there is no ${of.kind} ${id}`);
      allow?.(context, decided.state);
      const events = decide(decided.state, context);
      if (events.length > 0) ifMatch(decided.version);
      decided.record(events);
      const { state, version } = decided;
      // Where nothing is kept beside it, Beside is undefined.
      return ok(viewOf({ state, version, beside: kept?.state as Beside }), version);
    },
  });
}
