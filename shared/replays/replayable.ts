import { later } from '../clock.ts';
import { rememberedSeconds } from '../settings/retention.ts';

const daySeconds = 86_400;

/** So many days back events may be replayed: a day less than it is remembered what was handled, since a replay takes its time. */
export const replayableDays = rememberedSeconds / daySeconds - 1;

/** The earliest time whose events may be replayed: what was done before that could be done twice. */
export function earliestReplayable(now: Date): string {
  return later(now, -replayableDays * daySeconds * 1_000);
}
