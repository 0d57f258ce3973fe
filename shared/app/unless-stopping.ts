import { errorText, type Log } from '../telemetry/log.ts';

/**
 * Keeps a failure back while the app is stopping: a trigger that gives up its retries then may go on behind what failed. The
 * host waits for what is under way as long as it means to, and nothing is lost.
 */
export async function unlessStopping(work: () => Promise<void>, stopping: AbortSignal, log: Log): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!stopping.aborted) throw error;
    log.warn('batch not finished, app is stopping', { error: errorText(error) });
    await new Promise<never>(() => undefined);
  }
}
