import { closedLoop } from './closed-loop.ts';
import { cpuTimeOf } from './cpu-time.ts';

/** What a function does while some clients ask it as often as they can. */
export interface FlatOut {
  readonly perSecond: number;
  /** Of the app's process, for each answer. */
  readonly cpuMs: number;
}

const clients = 16;

/** Asks the same of an app again and again, by 16 clients, and expects 200. */
export async function flatOut(url: string, request: Buffer, forMs: number): Promise<FlatOut> {
  const cpuBefore = await cpuTimeOf(url);
  const start = performance.now();
  let answers = 0;
  await closedLoop({
    url,
    clients,
    windowMs: forMs,
    async act(connection) {
      const { status, body } = await connection.send(request);
      if (status !== 200) throw new Error(`${request.toString().split(' HTTP', 1)} was answered ${status}: ${body}`);
      answers += 1;
    },
  });
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: answers / seconds, cpuMs: ((await cpuTimeOf(url)) - cpuBefore) / answers };
}
