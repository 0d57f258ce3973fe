import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import { reject } from '../../../shared/model/rejection.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { Replay } from '../../../shared/replays/replay-state.ts';

/** Which replay of a tenant was begun last. Whoever begins one changes it, so two that do so at once meet on its ETag. */
const LatestReplay = defineProjection({ kind: 'latest-replay', state: z.object({ replayId: z.string() }) });

/**
 * Makes this the latest replay, with the commit of the work. One at a time is enough for a tenant: replays share their
 * processes with everything else.
 *
 * @throws Rejection `replay-running` while the one before it runs.
 */
export async function becomeLatest(replayId: string, work: UnitOfWork): Promise<void> {
  const latest = await work.load(LatestReplay, 'latest');
  const before = latest.current && (await work.load(Replay, latest.current.replayId));
  if (before?.current?.status === 'running')
    throw reject('replay-running', `the replay ${before.id} is under way: wait for it, or stop it`);
  latest.put({ replayId });
}
