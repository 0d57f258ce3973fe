import { readFileSync } from 'node:fs';

/**
 * Calls `orphaned` once when whoever started this process is gone, `kill -9` included: nothing tells a child of that.
 *
 * npm runs a script through `sh -c`, and that shell outlives an npm that was killed. So where npm is the starter, the
 * shell's parent is watched too (on Linux; elsewhere the shell usually becomes the command and is no process of its own).
 */
export function watchParent(orphaned) {
  const parent = process.ppid;
  if (parent <= 1) return; // started by init, in a container say: there is nobody to outlive
  const grandparent = process.env.npm_lifecycle_event === undefined ? undefined : parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (grandparent === undefined || parentOf(parent) === grandparent)) return;
    clearInterval(timer);
    orphaned();
  }, 1_000);
  timer.unref();
}

/** Linux tells in /proc/PID/stat: pid, name in parentheses (which may hold anything), state, parent. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // no /proc on this system, or the process is gone; the caller compares
  }
}
