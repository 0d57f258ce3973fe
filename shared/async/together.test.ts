import { describe, expect, it } from 'vitest';
import { Together } from './together.ts';

describe('questions asked together', () => {
  it('what is asked in one turn is answered at once, each by its own', async () => {
    const asked: (readonly number[])[] = [];
    const doubled = new Together(async (numbers: readonly number[]) => {
      asked.push(numbers);
      return numbers.map((number) => 2 * number);
    });
    const later = Promise.resolve().then(() => doubled.ask(3));
    expect(await Promise.all([doubled.ask(1), doubled.ask(2), later])).toEqual([2, 4, 6]);
    expect(await doubled.ask(4)).toBe(8);
    expect(asked).toEqual([[1, 2, 3], [4]]);
  });

  it('a failure is told to all who asked, and to nobody who asks later', async () => {
    let isAway = true;
    const echo = new Together(async (words: readonly string[]) => {
      if (isAway) throw new Error('away');
      return words;
    });
    const answers = await Promise.allSettled([echo.ask('one'), echo.ask('two')]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isAway = false;
    expect(await echo.ask('three')).toBe('three');
  });
});
