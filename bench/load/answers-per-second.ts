import { closedLoop } from './closed-loop.ts';

export interface Question {
  readonly url: URL;
  /** The bytes of the request, see `jsonRequest`. */
  readonly request: Buffer;
  readonly clients: number;
  readonly windowMs: number;
}

/** How many answers so many clients get in a second. @throws Error where one is not 200. */
export async function answersPerSecond({ url, request, clients, windowMs }: Question): Promise<number> {
  const start = performance.now();
  let answers = 0;
  await closedLoop({
    url: url.origin,
    clients,
    windowMs,
    async act(connection) {
      const answer = await connection.send(request);
      if (answer.status !== 200) throw new Error(`${url.pathname} was answered ${answer.status}: ${answer.body}`);
      answers += 1;
    },
  });
  return answers / ((performance.now() - start) / 1_000);
}
