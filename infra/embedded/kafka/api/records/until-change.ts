import type { PartitionLog } from '../../log/partition-log.ts';

/** Resolves when one of `logs` changes, after `waitMs`, or when one of `signals` is aborted. Whatever comes first. */
export function untilChange(
  logs: readonly PartitionLog[],
  waitMs: number,
  signals: readonly AbortSignal[],
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', done);
      for (const stop of stops) stop();
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    const stops = logs.map((log) => log.onChange(done));
    for (const signal of signals) signal.addEventListener('abort', done);
  });
}
