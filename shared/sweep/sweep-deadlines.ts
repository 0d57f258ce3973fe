import { inParallel } from '../async/in-parallel.ts';
import { later } from '../clock.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { leftToNewerCodeMs } from './after-failure.ts';
import type { SweptService } from './swept-service.ts';
import { visit } from './visit.ts';

const pageSize = 100;
const visitsAtOnce = 8;
/** So many boundaries that take no writes, and none that does: it is the container. */
const mostStuck = 32;

/**
 * Visits what is due in a container but owed messages, each document once, until all were visited or the signal is aborted.
 * Documents of kinds that have no deadline here are newer code's, or another app's, and left alone for a week.
 * A boundary that takes no writes at present is left alone for the rest of the sweep, a container of which many do not,
 * and none does, as a whole. Tells whether anything was due.
 */
export async function sweepDeadlines(
  service: SweptService,
  runtime: Runtime,
  { signal, unreadable }: { readonly signal: AbortSignal; readonly unreadable: (error: Error) => void },
): Promise<boolean> {
  const now = runtime.clock.now();
  const question = {
    of: 'deadlines',
    now: now.toISOString(),
    kinds: service.deadlines.map(({ kind }) => kind),
    except: (service.effects ?? []).map(({ kind }) => kind),
    abandoned: later(now, -leftToNewerCodeMs),
  } as const;
  const stuck = new Set<string>();
  let moved = 0;
  let wasDue = false;
  const isOver = () => signal.aborted || (moved === 0 && stuck.size >= mostStuck);
  for await (const due of runtime.containerOf(service.name).due(question, pageSize, unreadable)) {
    wasDue ||= due.length > 0;
    await inParallel(due, visitsAtOnce, async (document) => {
      if (isOver() || stuck.has(document.boundary)) return;
      if (await visit(document, service, runtime)) moved += 1;
      else stuck.add(document.boundary);
    });
    if (isOver()) break;
  }
  return wasDue;
}
