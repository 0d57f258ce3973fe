import { setTimeout as pause } from 'node:timers/promises';
import { HttpConnection } from './http-connection.ts';

/** What somebody asks who goes on working beside a load. */
export interface Question {
  readonly url: string;
  /** The bytes of the request, see `jsonRequest`. */
  readonly request: Buffer;
}

const pauseMs = 100;

/** Asks again and again, a moment after each answer, until the work is over. @returns how long each answer took, in milliseconds, the shortest first */
export async function askMeanwhile(question: Question, work: Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  await askUntil(() => isOver, question, times);
  await over;
  return times.toSorted((a, b) => a - b);
}

async function askUntil(isOver: () => boolean, { url, request }: Question, times: number[]): Promise<void> {
  using connection = await HttpConnection.open(url);
  while (!isOver()) {
    const start = performance.now();
    const { status, body } = await connection.send(request);
    if (status !== 200) throw new Error(`${request.toString().split(' HTTP', 1)} was answered ${status}: ${body}`);
    times.push(performance.now() - start);
    await pause(pauseMs);
  }
}
