import { z } from 'zod';
import { ReplayState } from '../../../shared/replays/replay-state.ts';

const { consumer, subscriber, from, to, types, dryRun, rebuild } = ReplayState.shape;
const { status, requestedBy, requestedAt, endedAt, partitions, walks, counts, errors } = ReplayState.shape;

/** A replay as operators see it. */
export const ReplayView = z.object({
  id: z.string(),
  consumer,
  subscriber,
  from,
  to,
  types,
  dryRun,
  rebuild,
  status,
  requestedBy,
  requestedAt,
  endedAt,
  progress: z
    .object({ done: z.int(), of: z.int() })
    .optional()
    .describe('Records looked at, of those in the span; absent until the span was looked up'),
  events: z.int().describe("The tenant's events so far"),
  taken: z.int().describe('Those of them that the consumer takes: delivered, or counted by a dry run'),
  counts: counts.describe('The same by type'),
  eventsPerSecond: z.number().optional().describe('While it worked'),
  partitions: partitions.describe('Offsets: where the span starts and ends, and where the replay goes on'),
  walks: walks.describe(
    'Lists that are made anew of documents: how many were looked at, of how many nothing could be made, and where it goes on',
  ),
  errors: errors.describe(
    'What the last runs failed of, each tried again; and documents of which nothing could be made',
  ),
  version: z.int(),
});

interface Replayed {
  readonly id: string;
  readonly version: number;
  readonly state: ReplayState;
}

export function viewOf({ id, version, state }: Replayed): z.output<typeof ReplayView> {
  const {
    tenant: _,
    isCatchingUp: __,
    workedMs,
    failures: ___,
    lease: ____,
    dueAt: _____,
    ttl: ______,
    ...told
  } = state;
  const all = Object.values(state.counts);
  const events = all.reduce((sum, count) => sum + count.events, 0);
  const taken = all.reduce((sum, count) => sum + count.taken, 0);
  return {
    ...told,
    id,
    version,
    events,
    taken,
    eventsPerSecond: perSecond(events, workedMs),
    progress: progressOf(state),
  };
}

function perSecond(events: number, workedMs: number): number | undefined {
  return workedMs === 0 ? undefined : Math.round((events * 1_000) / workedMs);
}

function progressOf({ partitions }: ReplayState) {
  return partitions?.reduce(
    ({ done, of }, { start, next, end }) => ({ done: done + next - start, of: of + end - start }),
    { done: 0, of: 0 },
  );
}
