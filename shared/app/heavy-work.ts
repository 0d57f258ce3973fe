import { availableParallelism } from 'node:os';
import { WorkQueue } from '../async/work-queue.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * What is heavy runs in the threads of libuv, of which there are four (`UV_THREADPOOL_SIZE`): one is left to the look-ups of
 * names, the files and the compression of everybody else.
 * Source: https://docs.libuv.org/en/v1.x/threadpool.html
 */
const mostThreads = 3;

/** The queue of a process for what keeps a core busy: no more at once than there are cores, since more would only wait there. */
export function heavyWorkQueue({ HEAVY_WORK_QUEUE: waiting }: Pick<Settings, 'HEAVY_WORK_QUEUE'>): WorkQueue {
  return new WorkQueue({ atOnce: Math.min(availableParallelism(), mostThreads), waiting });
}
