import { cutText } from '../cut-text.ts';
import { rememberedSeconds } from '../settings/retention.ts';
import { errorText } from '../telemetry/log.ts';
import { type DeadLetterState, type DeadLetterStep, stepOn } from './dead-letter.ts';
import { nextTryOf } from './next-try.ts';

/** Of messages and stacks: errors quote what they are about, which came from outside and may be of any size. */
const longestText = 4_000;
const longestName = 200;

/**
 * The letter after its work has failed, for the first time or once more: it waits or is scheduled where time may mend it,
 * and is parked for somebody to decide where not.
 */
export function failedAgain(letter: DeadLetterState, error: unknown, now: Date): DeadLetterState {
  const failed = { ...letter, error: described(error) };
  const next = nextTryOf(error, letter, now);
  const status = next?.status ?? 'parked';
  const step: DeadLetterStep = { at: now.toISOString(), step: status, detail: errorText(error) };
  const last = letter.history.at(-1);
  // A day of waiting is one step, however often it was tried.
  const isSame = last !== undefined && last.step === step.step && last.detail === step.detail;
  const stepped: DeadLetterState = isSame ? { ...failed, status } : stepOn(failed, step);
  const { dueAt: _, ...rest } = stepped;
  return next === undefined ? rest : { ...rest, dueAt: next.dueAt };
}

/** The letter after its event took effect by itself: kept to be looked up for as long as it is remembered what was done. */
export function tookEffect(letter: DeadLetterState, now: Date): DeadLetterState {
  const detail = `took effect after ${letter.attempts} attempts`;
  return { ...stepOn(letter, { at: now.toISOString(), step: 'replayed', detail }), ttl: rememberedSeconds };
}

function described(error: unknown): DeadLetterState['error'] {
  if (!(error instanceof Error)) return { name: 'Error', message: cutText(String(error), longestText) };
  const { name, message, stack } = error;
  return {
    name: cutText(name, longestName),
    message: cutText(message, longestText),
    ...(stack === undefined ? {} : { stack: cutText(stack, longestText) }),
  };
}
