import { setTimeout as pause } from 'node:timers/promises';
import { HttpConnection } from './http-connection.ts';

export interface OpenLoop {
  readonly url: string;
  readonly perSecond: number;
  readonly windowMs: number;
  /** One request and its answer; `dueAt` is when it was to begin (`performance.now()`). */
  readonly act: (connection: HttpConnection, dueAt: number) => Promise<void>;
}

/**
 * Begins requests at an even pace, whether those before are answered or not, so that a slow answer delays none of the
 * next and hides nothing (https://www.scylladb.com/2021/04/22/on-coordinated-omission/).
 */
export async function openLoop({ url, perSecond, windowMs, act }: OpenLoop): Promise<void> {
  // The one that was free for longest is taken first: none is idle for so long that the server lets go of it.
  const free: HttpConnection[] = [];
  const opened: HttpConnection[] = [];
  const connection = async () => {
    const made = await HttpConnection.open(url);
    opened.push(made);
    return made;
  };
  free.push(...(await Promise.all(Array.from({ length: 16 }, connection))));
  const underWay: Promise<void>[] = [];
  const failures: unknown[] = [];
  const start = performance.now();
  const count = Math.ceil((windowMs / 1_000) * perSecond);
  try {
    for (let index = 0; index < count; index += 1) {
      const dueAt = start + (index * 1_000) / perSecond;
      // Rounded up: a timer cuts off the fraction, and nothing is to begin before it is due.
      // No pause is shorter than a millisecond: what is due already is begun with what was due before.
      const early = dueAt - performance.now();
      if (early > 0) await pause(Math.ceil(early));
      const request = async () => {
        const chosen = free.shift() ?? (await connection());
        await act(chosen, dueAt);
        free.push(chosen);
      };
      underWay.push(request().catch((error: unknown) => void failures.push(error)));
    }
    await Promise.all(underWay);
    if (failures.length > 0) throw failures[0];
  } finally {
    for (const one of opened) one[Symbol.dispose]();
  }
}
