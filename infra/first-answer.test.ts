import { expect, it } from 'vitest';
import { firstAnswer } from './first-answer.ts';

it('who waits for an answer asks until there is one, and is told that there is none when the time is up', async () => {
  const answers = [undefined, undefined, 'ready'];
  expect(await firstAnswer(async () => answers.shift(), { limitMs: 60_000, pauseMs: 0 })).toBe('ready');
  expect(await firstAnswer(async () => undefined, { limitMs: -1, pauseMs: 0 })).toBeUndefined();
});
