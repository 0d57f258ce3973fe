import { z } from 'zod';
import type { OffsetRange } from '../bus/topic-reader.ts';
import { later } from '../clock.ts';
import { defineProjection } from '../model/projection.ts';
import { rememberedSeconds } from '../settings/retention.ts';
import type { WalkStep } from './walk-step.ts';

/** `stopped` by an operator; `failed` after several tries without progress. */
export const ReplayStatus = z.enum(['running', 'done', 'stopped', 'failed']);

/** Events of one type in the span, and those of them that the consumer takes. */
const Count = z.object({ events: z.int(), taken: z.int() });

/** How far a replay is in one partition, as offsets: `next` is where it goes on, `end` the first that it leaves out. */
const PartitionPosition = z.object({ partition: z.int(), start: z.int(), next: z.int(), end: z.int() });

/** How far a rebuild is with the documents that a subscriber's lists are made of. */
const Walk = z.object({
  subscriber: z.string(),
  /** Of the documents. */
  kind: z.string(),
  /** The id of the document that was the last so far: where it goes on. */
  after: z.string().optional(),
  documents: z.int(),
  /** Documents of which nothing could be made. */
  failed: z.int(),
  isDone: z.boolean(),
});
export type Walk = z.infer<typeof Walk>;

/** What to deliver again, to whom. */
export const ReplayOrder = z.object({
  consumer: z.string(),
  /** Only to this one of its subscribers. */
  subscriber: z.string().optional(),
  /** Without it, no events at all: what is rebuilt is made of documents. */
  from: z.iso.datetime().optional(),
  /** Without it, up to the newest event. */
  to: z.iso.datetime().optional(),
  types: z.array(z.string()).optional(),
  /** Counts, and delivers nothing. */
  dryRun: z.boolean(),
  /** Makes anew what the consumer has made: of documents where it can, else of events. */
  rebuild: z.boolean(),
});
export type ReplayOrder = z.infer<typeof ReplayOrder>;

/** A replay, and how far it is: everything that another process needs to go on with it. */
export const ReplayState = ReplayOrder.extend({
  tenant: z.string(),
  status: ReplayStatus,
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  /** Absent until the span was looked up on the bus. */
  partitions: z.array(PartitionPosition).optional(),
  walks: z.array(Walk).default([]),
  /** A rebuild has made all anew, and delivers what arrived meanwhile. */
  isCatchingUp: z.boolean(),
  counts: z.record(z.string(), Count),
  /** Time spent on the steps so far. */
  workedMs: z.number(),
  /** Runs that failed since the last step. */
  failures: z.int(),
  errors: z.array(z.object({ at: z.iso.datetime(), error: z.string() })),
  /** Who is at it, until `dueAt`: then it is anybody's. */
  lease: z.string().optional(),
  dueAt: z.iso.datetime().optional(),
  ttl: z.int().optional(),
});
export type ReplayState = z.infer<typeof ReplayState>;

export const Replay = defineProjection({ kind: 'replay', state: ReplayState });

/** A tenant's replays are few and listed together. */
export const replaysBoundary = 'replays';

/** What one step did: the piece of a partition that it dealt with, and what was in it. */
export interface ReplayStep {
  readonly partition: number;
  readonly next: number;
  readonly counts: Readonly<Record<string, z.infer<typeof Count>>>;
  readonly workedMs: number;
}

interface Worked {
  readonly now: Date;
  readonly workedMs: number;
}

const keptErrors = 10;
const maxFailures = 8;
const firstPauseMs = 5_000;

/** A replay that nobody has begun with, and the walks that it takes. */
export function requested(
  order: ReplayOrder,
  by: { readonly tenant: string; readonly sub: string },
  now: Date,
  walks: readonly Pick<Walk, 'subscriber' | 'kind'>[] = [],
): ReplayState {
  return {
    ...order,
    walks: walks.map((walk) => ({ ...walk, documents: 0, failed: 0, isDone: false })),
    tenant: by.tenant,
    status: 'running',
    requestedBy: by.sub,
    requestedAt: now.toISOString(),
    isCatchingUp: false,
    counts: {},
    workedMs: 0,
    failures: 0,
    errors: [],
    dueAt: now.toISOString(),
  };
}

/** The span, as it lies on the bus. */
export function located(replay: ReplayState, stretches: readonly OffsetRange[]): ReplayState {
  const partitions = stretches.map(({ partition, next, end }) => ({ partition, start: next, next, end }));
  return { ...replay, partitions };
}

/** One step on, whatever has become of the replay meanwhile: what was delivered was delivered. */
export function advanced(replay: ReplayState, { partition, next, counts, workedMs }: ReplayStep): ReplayState {
  const partitions = replay.partitions?.map((one) => (one.partition === partition ? { ...one, next } : one));
  return {
    ...replay,
    ...(partitions === undefined ? {} : { partitions }),
    counts: sumOf(replay.counts, counts),
    workedMs: replay.workedMs + workedMs,
    failures: 0,
  };
}

/** One step of a walk on. */
export function walked(
  replay: ReplayState,
  subscriber: string,
  step: WalkStep,
  { now, workedMs }: Worked,
): ReplayState {
  const { last, documents, failed, isLast } = step;
  const walks = replay.walks.map((walk) => {
    if (walk.subscriber !== subscriber) return walk;
    const counts = { documents: walk.documents + documents, failed: walk.failed + failed.length };
    return { ...walk, ...counts, ...(last === undefined ? {} : { after: last }), isDone: isLast };
  });
  const errors = failed.map((error) => ({ at: now.toISOString(), error }));
  return {
    ...replay,
    walks,
    workedMs: replay.workedMs + workedMs,
    failures: 0,
    errors: [...replay.errors, ...errors].slice(-keptErrors),
  };
}

/** All that there was to read was read: a rebuild goes on with what arrived meanwhile, anything else is done. */
export function completed(replay: ReplayState, newest: readonly OffsetRange[], now: Date): ReplayState {
  const endOf = new Map(newest.map(({ partition, end }) => [partition, end]));
  const isFirstPass = replay.rebuild && !replay.isCatchingUp;
  const partitions = replay.partitions?.map((one) => {
    const { end } = one;
    return isFirstPass ? { ...one, next: end, end: endOf.get(one.partition) ?? end } : { ...one, next: end };
  });
  const read = { ...replay, ...(partitions === undefined ? {} : { partitions }) };
  return isFirstPass ? { ...read, isCatchingUp: true } : ended(read, 'done', now);
}

/** A run that failed: another one comes later, unless it is one too many. */
export function failed(replay: ReplayState, error: string, now: Date): ReplayState {
  const failures = replay.failures + 1;
  const errors = [...replay.errors, { at: now.toISOString(), error }].slice(-keptErrors);
  const { lease: _, ...next } = { ...replay, failures, errors };
  if (failures >= maxFailures) return ended(next, 'failed', now);
  return { ...next, dueAt: later(now, firstPauseMs * 2 ** (failures - 1)) };
}

/** A replay that was stopped, or has failed, as it goes on where it was. */
export function resumed(replay: ReplayState, now: Date): ReplayState {
  const { endedAt: _, ttl: __, lease: ___, ...rest } = replay;
  return { ...rest, status: 'running', failures: 0, dueAt: now.toISOString() };
}

/** The replay as it ends; kept for as long as its events are remembered. */
export function ended(replay: ReplayState, status: 'done' | 'stopped' | 'failed', now: Date): ReplayState {
  const { dueAt: _, ...rest } = replay;
  return { ...rest, status, endedAt: now.toISOString(), ttl: rememberedSeconds };
}

function sumOf(counts: ReplayState['counts'], more: ReplayStep['counts']): ReplayState['counts'] {
  const sum = { ...counts };
  for (const [type, { events, taken }] of Object.entries(more)) {
    const before = sum[type] ?? { events: 0, taken: 0 };
    sum[type] = { events: before.events + events, taken: before.taken + taken };
  }
  return sum;
}
