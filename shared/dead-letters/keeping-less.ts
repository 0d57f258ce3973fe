import type { DeadLetterState } from './dead-letter.ts';
import { beginningOf } from './record-source.ts';

const fewestSteps = 3;

/** A letter that is too large to be stored, without what it can best do without; nothing where there is no such thing. */
export function keepingLess(letter: DeadLetterState): DeadLetterState | undefined {
  const { history, source } = letter;
  if (history.length > fewestSteps) return { ...letter, history: history.slice(-fewestSteps) };
  if (source.of !== 'event') return undefined;
  const beginning = beginningOf(source);
  return beginning === source ? undefined : { ...letter, source: beginning };
}
