import type { DeadLetterState } from '../dead-letters/dead-letter.ts';
import { eventOf } from '../dead-letters/dead-letter-event.ts';
import { outboxKind } from '../persistence/commit/outbox.ts';
import { documentId } from '../persistence/documents/stored-document.ts';
import { earliestReplayable, replayableDays } from './replayable.ts';

/**
 * Why a dead letter may not be replayed any more, where it may not: it is not remembered whether its events were done, by a
 * second delivery or by others than the one that failed. A deadline is never forgotten: its document tells.
 */
export function whyForgotten(letter: DeadLetterState, now: Date): string | undefined {
  const since = happenedAt(letter);
  if (since === undefined || since >= earliestReplayable(now)) return undefined;
  return [
    `it is of ${since}, and what was done is remembered for ${replayableDays} days: it could be done twice.`,
    'Look what is missing, do that by the API, and discard the letter',
  ].join(' ');
}

/** When the events of the letter happened, where it has any: no later than they failed, whatever an event claims. */
function happenedAt(letter: DeadLetterState): string | undefined {
  const { source, history } = letter;
  if (source.of === 'deadline')
    return source.document.startsWith(documentId(outboxKind, '')) ? source.dueAt : undefined;
  const event = eventOf(letter);
  if (event === undefined) return undefined;
  const times = [event.time, ...history.slice(0, 1).map(({ at }) => at)];
  return times.map((time) => new Date(time).toISOString()).toSorted()[0];
}
