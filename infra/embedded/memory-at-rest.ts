import { Session } from 'node:inspector/promises';
import { performance } from 'node:perf_hooks';

const lookMs = 5_000;
/** Of the time since the last look: who was busy for more than the first has made garbage, who was for less than the second rests. */
const [busy, resting] = [0.25, 0.05];

/** When a thread gives memory back: once after its start, and once after each time that it was busy, as soon as it rests. */
export class MemoryAtRest {
  #isOwed = true;

  /** Takes the part of the time for which the thread was busy; tells whether it is to give back now. */
  isDue(utilization: number): boolean {
    if (utilization > busy) this.#isOwed = true;
    if (!this.#isOwed || utilization >= resting) return false;
    this.#isOwed = false;
    return true;
  }
}

/**
 * Gives back what this thread needed while it was busy and needs no more. V8 would by itself, but takes the little that a thread at
 * rest allocates for much, because little of it survives.
 */
export function giveMemoryBackAtRest(): void {
  const memory = new MemoryAtRest();
  let before = performance.eventLoopUtilization();
  const look = async () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (memory.isDue(utilization)) await collectGarbage();
  };
  setInterval(look, lookMs).unref();
}

/** All of it, and makes the heap smaller. Nothing else may take the thread meanwhile, for a tenth of a second or so. */
export async function collectGarbage(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
}
