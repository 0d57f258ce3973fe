import type { AppFunction } from '../app/function-app.ts';
import type { TimerTrigger } from './timer-trigger.ts';

/** A running timer. */
export interface TimerListener {
  /** Starts no more runs, and resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/** setTimeout takes 31 bits of milliseconds; a longer wait is made of several. */
const longestWaitMs = 2 ** 31 - 1;

/**
 * Calls a function by its schedule. The next run is planned when the last has ended, so runs never overlap and those that
 * fell into a long run are left out, as on Azure. The status of a schedule is kept in memory: a run that was missed while
 * the host was down is not made up for, and `isPastDue` is always false.
 */
export function startTimerListener(trigger: TimerTrigger, target: AppFunction): TimerListener {
  let stopped = false;
  let timeout: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();
  let last: Date | undefined;

  async function run(now: Date): Promise<void> {
    try {
      await target.invoke({ input: { json: JSON.stringify(timerInfo(trigger, last, now)) }, triggerMetadata: {} });
    } catch {
      // It was logged by whoever ran the function; a failed run is not repeated before the next one is due.
    }
    last = now;
    // A timeout may come a moment early: the run that is over must not be due again.
    plan(new Date(Math.max(Date.now(), now.getTime())));
  }

  function plan(after: Date): void {
    const due = trigger.schedule.next(after);
    if (due !== undefined && !stopped) waitFor(due);
  }

  function waitFor(due: Date): void {
    const wait = due.getTime() - Date.now();
    if (wait > longestWaitMs) timeout = setTimeout(waitFor, longestWaitMs, due);
    else timeout = setTimeout(begin, wait, due);
  }

  function begin(due: Date): void {
    underWay = run(due);
  }

  if (trigger.runOnStartup) begin(new Date());
  else plan(new Date());
  return {
    stop() {
      stopped = true;
      clearTimeout(timeout);
      return underWay;
    },
  };
}

/** The extension's TimerInfo, as Newtonsoft.Json writes it; the programming model turns its names into camel case. */
function timerInfo({ schedule, monitored }: TimerTrigger, last: Date | undefined, now: Date): object {
  const status = {
    Last: last === undefined ? '0001-01-01T00:00:00' : dateTime(last),
    Next: dateTime(schedule.next(now) ?? now),
    LastUpdated: last === undefined ? '0001-01-01T00:00:00' : dateTime(last),
  };
  return { Schedule: { AdjustForDST: true }, ScheduleStatus: monitored ? status : null, IsPastDue: false };
}

/** A local .NET DateTime where the local time is UTC, as it is on Azure. */
function dateTime(moment: Date): string {
  return moment
    .toISOString()
    .replace(/(\.\d+)?Z$/, (_, fraction = '') => `${Number(fraction) > 0 ? fraction : ''}+00:00`);
}
