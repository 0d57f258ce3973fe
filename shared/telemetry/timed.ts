import type { Metrics } from './metrics.ts';

/** Does the work and keeps how long the handler took, whether it succeeds or not. */
export async function timed<T>(
  { duration }: Pick<Metrics, 'duration'>,
  handler: string,
  work: () => Promise<T>,
): Promise<T> {
  const end = duration.startTimer({ handler });
  try {
    return await work();
  } finally {
    end();
  }
}
