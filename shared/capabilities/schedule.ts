import { z } from 'zod';
import { defineProjection } from '../model/projection.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import { NewerDocumentError } from '../persistence/documents/store-errors.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Settings } from '../settings/settings.ts';
import { tenantOfNobody } from '../settings/tenants.ts';
import { type Deadline, type DeadlineContext, deadline } from './deadline.ts';
import { nextTick, type Recurrence, recurrenceText } from './recurrence.ts';

/** What a tick can reach: as a deadline. */
export interface Tick extends DeadlineContext {
  /** When it was to be, ISO 8601 in UTC: the same however late it is, or however often it is tried. */
  readonly tick: string;
}

export interface ScheduleSpecification {
  /** The capability's name; also what its document is called, so it never changes. */
  readonly name: string;
  /** How often, or when: a change of it counts from the next start on. */
  readonly recurs: Recurrence | ((settings: Settings) => Recurrence);
  /**
   * For whom: once for the whole system, as the tenant of who names none, or once for each of `TENANTS` (where that is `*`, for
   * `main` alone: nobody knows the others).
   */
  readonly runsFor: 'the-system' | 'each-tenant';
  /**
   * Does what there is to do, in a boundary of the schedule's own: what it puts, owes and tells there is committed with the
   * tick itself, so it is done once. In other boundaries (`unitOfWork`) it must be the same when it is done twice.
   */
  readonly handle: (work: UnitOfWork, tick: Tick) => Promise<void>;
}

/** A schedule as the sweep sees it. */
export interface Schedule {
  readonly word: 'schedule';
  readonly name: string;
  readonly recurrence: (settings: Settings) => Recurrence;
  readonly tenants: (settings: Settings) => readonly string[];
  readonly handle: ScheduleSpecification['handle'];
}

/**
 * A capability that is due again and again: every so often, or daily at a local time. Once for all instances, however many sweep;
 * ticks that were missed while nothing ran are one. A tick that fails is tried again as any deadline is, and given up after some
 * ten minutes: then it is a dead letter, and the next one comes all the same.
 *
 * @example
 * export const countDeadLetters = schedule({
 *   name: 'count-dead-letters',
 *   recurs: { daily: '06:00', zone: 'Europe/Berlin' },
 *   runsFor: 'each-tenant',
 *   async handle(work, { reader, tick }) {
 *     const counted = await countParked(reader);
 *     if (counted.parked > 0) work.tell(DeadLettersCounted({ ...counted, at: tick }));
 *   },
 * });
 *
 * @throws ZodError when it recurs by what is no duration, time or time zone.
 */
export function schedule({ name, recurs, runsFor, handle }: ScheduleSpecification): Schedule {
  if (typeof recurs !== 'function') recurrenceText(recurs);
  return {
    word: 'schedule',
    name,
    recurrence: typeof recurs === 'function' ? recurs : () => recurs,
    tenants: ({ TENANTS }) => (runsFor === 'the-system' || TENANTS === 'any' ? [tenantOfNobody(TENANTS)] : TENANTS),
    handle,
  };
}

/** When a schedule is due next for a tenant. It stays, and sleeps while there is no such tenant. */
export const ScheduledTick = defineProjection({
  kind: 'schedule',
  state: z.object({
    schedule: z.string(),
    tenant: z.string(),
    recurrence: z.string(),
    tick: z.iso.datetime(),
    dueAt: z.iso.datetime().optional(),
  }),
});

/** A schedule's own boundary: what it keeps to itself is there, too. */
export function scheduleBoundary(name: string): string {
  return `schedule:${name}`;
}

/**
 * Arms a schedule for a tenant where it is not, or where it recurs in another way by now; what is armed stays, and what was missed
 * is still due.
 */
export async function armSchedule(
  { name, recurrence }: Schedule,
  work: UnitOfWork,
  { tenant, now, settings }: { readonly tenant: string; readonly now: Date; readonly settings: Settings },
): Promise<void> {
  const document = await work.load(ScheduledTick, name);
  const recurs = recurrence(settings);
  const text = recurrenceText(recurs);
  const isArmed = document.stored?.dueAt !== undefined;
  if (isArmed && document.state.recurrence === text) return;
  const missed = isArmed && document.state.tick <= now.toISOString() ? document.state.tick : undefined;
  const tick = missed ?? nextTick(recurs, { now });
  document.put({ schedule: name, tenant, recurrence: text, tick, dueAt: tick });
}

/** Has the sweep run what is due of these. */
export function scheduledRuns(schedules: readonly Schedule[]): Deadline {
  const ownerOf = (name: unknown) => schedules.find((one) => one.name === name);
  const runs = deadline({
    name: 'run-schedules',
    on: ScheduledTick,
    async handle(document, work, context) {
      const { dueAt: _, ...state } = document.state;
      const { now, settings } = context;
      const owner = ownerOf(state.schedule);
      if (owner === undefined) throw new NewerDocumentError(`this code has no schedule ${state.schedule}`);
      if (!owner.tenants(settings).includes(state.tenant)) {
        document.put(state);
        return;
      }
      await owner.handle(work, { ...context, tick: state.tick });
      document.put({ ...state, ...armed(owner.recurrence(settings), { now, last: state.tick }) });
    },
  });
  return {
    ...runs,
    givenUp(document, { now, settings }): StoredDocument | undefined {
      const owner = ownerOf(document.schedule);
      if (owner === undefined) return undefined;
      const { dueAttempts: _, dueSince: __, ...rest } = document;
      const { tick: last } = ScheduledTick.parse(document);
      return { ...rest, ...armed(owner.recurrence(settings), { now, last }) };
    },
  };
}

/** The next tick, and by which recurrence: code of another version may have had another. */
function armed(recurrence: Recurrence, after: { readonly now: Date; readonly last: string }) {
  const tick = nextTick(recurrence, after);
  return { recurrence: recurrenceText(recurrence), tick, dueAt: tick };
}
