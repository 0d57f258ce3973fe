import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { codeOf } from '../../infra/local/cannot-start-error.ts';

/** What a process and its children hold and have taken; on Linux alone, whose /proc tells it. */
export interface TreeUse {
  /** Pages in memory, those that several processes share counted for each of them. */
  readonly residentMb: number;
  /** The same, shared pages divided by those who share them: what is free again when all of them end. */
  readonly proportionalMb: number;
  /** CPU time so far, that of children that have ended included. */
  readonly cpuMs: number;
}

/** @throws Error where there is no /proc, or no such process. */
export function useOfTree(pid: number): TreeUse {
  if (!existsSync('/proc/self/smaps_rollup'))
    throw new Error('memory and CPU time of processes are measured on Linux only');
  const uses = treeOf(pid).flatMap((one) => unlessEnded(() => [{ ...memoryOf(one), cpuMs: cpuMsOf(one) }]));
  if (uses.length === 0) throw new Error(`there is no process ${pid}`);
  const sum = (what: keyof TreeUse) => uses.reduce((total, use) => total + use[what], 0);
  return { residentMb: sum('residentMb'), proportionalMb: sum('proportionalMb'), cpuMs: sum('cpuMs') };
}

function treeOf(pid: number): readonly number[] {
  const threads = unlessEnded(() => readdirSync(`/proc/${pid}/task`));
  const children = threads.flatMap((thread) =>
    unlessEnded(() =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    ),
  );
  return [pid, ...children.flatMap(treeOf)];
}

/** What ends while it is looked at, such as a worker of PostgreSQL, holds nothing any more; what it has taken its parent tells. */
function unlessEnded<T>(look: () => readonly T[]): readonly T[] {
  try {
    return look();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ESRCH') throw error;
    return [];
  }
}

function memoryOf(pid: number): Omit<TreeUse, 'cpuMs'> {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(rollup)?.[1]) / 1_024;
  return { residentMb: megabytes('Rss'), proportionalMb: megabytes('Pss') };
}

/** Of a tick of the clock by which Linux tells CPU time (sysconf(_SC_CLK_TCK), 100 on every platform that Node runs on). */
const tickMs = 10;

/** Source: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (utime, stime, cutime, cstime) */
function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((total, ticks) => total + Number(ticks), 0) * tickMs;
}
