import { z } from 'zod';
import type { FunctionMetadata } from '../app/rpc.ts';
import { triggerOf } from '../app/trigger.ts';
import { resolveSettings, type Settings } from '../settings.ts';
import { messageOf, StartupError } from '../startup-error.ts';
import type { Occurrences } from './ncrontab.ts';
import { hasStatus, parseSchedule } from './schedule.ts';

/** The properties of a timer trigger that this host takes. */
export const TimerTriggerBinding = z.object({
  schedule: z.string(),
  runOnStartup: z.boolean().default(false),
  useMonitor: z.boolean().default(true),
});

/** When a timer function runs. */
export interface TimerTrigger {
  readonly functionName: string;
  readonly schedule: Occurrences;
  readonly runOnStartup: boolean;
  /** Whether the function is told when it ran last and will run next. */
  readonly monitored: boolean;
}

/** @throws StartupError naming the function and what about its schedule is wrong. */
export function readTimerTrigger(metadata: FunctionMetadata, settings: Settings): TimerTrigger {
  const functionName = metadata.name;
  const parsed = TimerTriggerBinding.safeParse(triggerOf(metadata).binding);
  if (!parsed.success) {
    throw new StartupError(`Function "${functionName}" has a wrong timer trigger: ${z.prettifyError(parsed.error)}`);
  }
  const { runOnStartup, useMonitor } = parsed.data;
  const text = resolveSettings(parsed.data.schedule, settings, { functionName, property: 'schedule' });
  try {
    const schedule = parseSchedule(text);
    return { functionName, schedule, runOnStartup, monitored: useMonitor && hasStatus(schedule, new Date()) };
  } catch (error) {
    const message = `Function "${functionName}": the schedule "${text}" is wrong, ${messageOf(error)}.`;
    throw new StartupError(message, { cause: error });
  }
}
