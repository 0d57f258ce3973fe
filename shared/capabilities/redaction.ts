import { z } from 'zod';
import { later } from '../clock.ts';
import type { DataOf, DomainEvent, EventDefinition } from '../events/define-event.ts';
import type { ReceivedEvent } from '../events/envelope.ts';
import type { Aggregate } from '../model/aggregate.ts';
import { dueAtOnce } from '../model/due-at-once.ts';
import { defineProjection, type Projection } from '../model/projection.ts';
import { NewerDocumentError } from '../persistence/documents/store-errors.ts';
import { longestAccessTokenMs, rememberedSeconds } from '../settings/retention.ts';
import { type Deadline, type DeadlineContext, deadline } from './deadline.ts';
import { type Subscriber, subscriber } from './subscriber.ts';
import type { Timeline } from './timeline.ts';

export interface RedactionSpecification<E extends EventDefinition, State, Beside> {
  /** The capability's name; also what its progress is kept under, so it never changes. */
  readonly name: string;
  /** The event that says that somebody is gone. */
  readonly on: E;
  /** Who is gone. */
  readonly id: (event: ReceivedEvent<DataOf<E>>) => string;
  /** The list that leads to what is theirs, and its series for their id. */
  readonly list: Timeline<State>;
  readonly series: (id: string) => string;
  /** What is theirs, and stays: it is the only kind that does, in a boundary of its own for each. */
  readonly of: Aggregate<State>;
  readonly boundary: (id: string) => string;
  /** What is kept beside it, under its id: gone with the commit of the events that tell of that. */
  readonly beside?: Projection<Beside>;
  /** What takes from it all that is personal: the same when it is done twice, and nothing where nothing is left to take. */
  readonly decide: (state: State, beside: Beside | undefined) => readonly DomainEvent[];
}

/** A redaction without its types. */
export interface Redaction {
  readonly word: 'redaction';
  readonly name: string;
  readonly subscribers: readonly Subscriber[];
  /** Redacts a page of the list; answers with where the next one begins. */
  readonly redactPage: (id: string, from: string | undefined, context: DeadlineContext) => Promise<string | undefined>;
}

/** How far a redaction has got, in the series of whoever is gone, under their id. */
const Progress = defineProjection({
  kind: 'erasure',
  state: z.object({
    /** Its name; version 0.1 had one, and did not say. */
    redaction: z.string().optional(),
    /** Where the list goes on. */
    continuation: z.string().optional(),
    /** Whether what came late is looked for. */
    isLastRound: z.boolean(),
    dueAt: z.iso.datetime().optional(),
    ttl: z.int().optional(),
  }),
});

const thingsAtOnce = 20;

/**
 * A capability that takes what is personal from things which have to be kept when somebody is gone, and all that is kept
 * beside each of them, such as answers to requests that repeat it: a page of the list at a visit, the first by the sweep, the
 * others right after it. Once more an hour later, when no access token of theirs can be good any longer: until then they may
 * change a thing, and one may have come into the list late.
 *
 * What need not be kept is erased instead (`erasure`). Here is no tombstone: what happens to the things goes on.
 *
 * @example
 * export const forgetCustomer = redaction({
 *   name: 'forget-customer',
 *   on: UserDeleted,
 *   id: ({ data }) => data.userId,
 *   list: ordersOfCustomer,
 *   series: (id) => `orders-of-customer:${id}`,
 *   of: Order,
 *   beside: OrderDetails,
 *   boundary: orderBoundary,
 *   decide: forget,
 * });
 */
export function redaction<E extends EventDefinition, State, Beside = undefined>(
  specification: RedactionSpecification<E, State, Beside>,
): Redaction {
  const { name, on, id: idOf, list, series, of, beside, boundary, decide } = specification;
  const idIn = idOf as (event: ReceivedEvent) => string;
  const begin = subscriber<EventDefinition>({
    name,
    on,
    once: 'by-document',
    boundary: (event) => series(idIn(event)),
    async handle(event, work) {
      const progress = await work.load(Progress, idIn(event));
      // Left to the sweep: the list may still have to hear of what was made just before.
      if (!progress.exists) progress.put({ redaction: name, isLastRound: false, dueAt: event.time });
    },
  });
  return {
    word: 'redaction',
    name,
    subscribers: [begin],
    async redactPage(id, from, { reader, unitOfWork }) {
      const page = await list.list(reader, series(id), { limit: thingsAtOnce, continuation: from });
      for (const thingId of new Set(page.items.map((item) => item.id))) {
        const work = unitOfWork(boundary(thingId));
        const thing = await work.load(of, thingId);
        const kept = beside === undefined ? undefined : await work.load(beside, thingId);
        await work.erase({ except: beside === undefined ? [of] : [of, beside] });
        thing.record(decide(thing.state, kept?.current));
        kept?.remove();
      }
      return page.continuation;
    },
  };
}

/** Goes on with redactions that have begun. */
export function redactedPageByPage(redactions: readonly Redaction[]): Deadline {
  return deadline({
    name: 'redact-page-by-page',
    on: Progress,
    isDueAtOnce: ({ continuation }) => continuation !== undefined,
    async handle(progress, _, context) {
      const { continuation: from, ...state } = progress.state;
      const owner = redactions.find(({ name }) => name === (state.redaction ?? name));
      if (owner === undefined) throw new NewerDocumentError(`this code has no redaction ${state.redaction}`);
      const continuation = await owner.redactPage(progress.id, from, context);
      const { now } = context;
      if (continuation !== undefined) progress.put({ ...state, continuation, dueAt: dueAtOnce(now, state.dueAt) });
      else if (!state.isLastRound)
        progress.put({ ...state, isLastRound: true, dueAt: later(now, longestAccessTokenMs) });
      else {
        const { dueAt: _, ...done } = state;
        progress.put({ ...done, ttl: rememberedSeconds });
      }
    },
  });
}
