import { z } from 'zod';
import { created, noContent, ok } from '../http/answer.ts';
import { rejectAbsent } from '../model/rejection.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import type { CommandSpecification, Decision } from './endpoints/command-specification.ts';

/**
 * An endpoint that decides on one aggregate: loads it (404 where it is not there, unless it may `begin`), lets `allow` refuse
 * the caller, decides, holds them to their `If-Match`, records, commits, and answers its view, with its version as the `ETag`.
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
  State,
  Beside = undefined,
  View extends z.ZodType = z.ZodUndefined,
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(specification: CommandSpecification<Params, Query, Body, View, State, Beside>): Endpoint {
  const {
    of,
    at,
    beside,
    besideByDefault,
    allow,
    begin,
    decide,
    view,
    madeAt,
    problems = [],
    ...called
  } = specification;
  const [schema = z.undefined(), viewOf] = view ?? [];
  const statuses = viewOf === undefined ? [204] : [200, ...(madeAt === undefined ? [] : [201])];
  return endpoint({
    ...called,
    answers: Object.fromEntries(statuses.map((status) => [status, schema])),
    headers: viewOf === undefined ? [] : ['etag'],
    problems: [...problems, ...(called.params === undefined ? (['not-found'] as const) : []), 'precondition-failed'],
    async handle({ unitOfWork, ifMatch, ...context }) {
      const { boundary, id } = at(context);
      const work = unitOfWork(boundary);
      if (beside !== undefined) await work.preload([of, beside].map((type) => ({ type, id })));
      const decided = await work.load(of, id);
      const kept = beside === undefined ? undefined : await work.load(beside, id);
      // Where nothing is kept beside it, Beside is undefined.
      const besideIt = () => (kept?.current ?? besideByDefault) as Beside;

      const decisionOn = async (state: State | undefined): Promise<Decision<Beside> | undefined> => {
        if (state === undefined) return begin?.(context);
        if (kept?.exists === false && besideByDefault === undefined) return undefined;
        allow?.(context, state);
        return decide(state, context, besideIt());
      };
      const decision = await decisionOn(decided.current);
      if (decision === undefined) throw rejectAbsent(`there is no ${of.kind} ${id}`);

      const { events, beside: next } = 'events' in decision ? decision : { events: decision, beside: undefined };
      const isDecided = events.length > 0;
      if (isDecided) {
        ifMatch(decided.version);
        decided.record(events);
        if (next !== undefined) kept?.put(next);
      }

      if (viewOf === undefined) return noContent();
      const { state, version } = decided;
      const shown = viewOf({ state, version, beside: besideIt() });
      return isDecided && madeAt !== undefined ? created(madeAt(shown), shown, version) : ok(shown, version);
    },
  });
}
