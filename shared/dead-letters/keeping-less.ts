import type { DeadLetterState } from './dead-letter.ts';
import { beginningOf } from './record-source.ts';

const lastSteps = 2;

/**
 * A letter that is too large to be stored, without what it can best do without; nothing where there is no such thing. An event
 * that is cut cannot be tried again.
 */
export function keepingLess(letter: DeadLetterState): DeadLetterState | undefined {
  const { history, source } = letter;
  const [first, ...later] = history;
  if (first !== undefined && later.length > lastSteps)
    return { ...letter, history: [first, ...later.slice(-lastSteps)] };
  if (source.of !== 'event') return undefined;
  const beginning = beginningOf(source);
  if (beginning === source) return undefined;
  const { dueAt: _, ...rest } = letter;
  return { ...rest, status: 'parked', source: beginning };
}
