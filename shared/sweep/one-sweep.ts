import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';

/** So long one sweep of a container goes on; what is left then is due to the next one. */
const longestSweepMs = 60_000;

/** For how long a sweep of a service's container goes on, and who is told of what it cannot read. */
export function sweepingOf(service: string, { log }: Runtime) {
  return {
    signal: AbortSignal.timeout(longestSweepMs),
    unreadable: (error: Error) => log.warn('due document left as it is', { service, error: errorText(error) }),
  };
}

/** Whether nothing of it was due, and nothing failed. */
export async function wasQuiet(
  service: string,
  sweeping: Readonly<Record<string, Promise<boolean>>>,
  { log }: Runtime,
): Promise<boolean> {
  const told = Object.entries(sweeping).map(([what, one]) =>
    one.catch((error: unknown) => {
      log.error('sweep failed, next try at the next tick', { service, what, error: errorText(error) });
      return true;
    }),
  );
  return !(await Promise.all(told)).includes(true);
}
