import { z } from 'zod';
import { type Deadline, deadline } from '../../../shared/capabilities/deadline.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import type { RuntimeBench } from './runtime-bench.ts';

/** Something to be seen to at a time, which raises no events. */
export const Reminder = defineProjection({
  kind: 'reminder',
  state: z.object({ dueAt: z.string().optional(), metAt: z.string().optional() }),
});

/** Notes down when a reminder was met. */
export const meetReminder: Deadline = deadline({
  name: 'meet-reminder',
  on: Reminder,
  async handle(reminder, _, { now }) {
    reminder.put({ metAt: now.toISOString() });
  },
});

/** Leaves reminders in a boundary that are due at a time. */
export async function remind(
  { open }: Pick<RuntimeBench, 'open'>,
  { service, boundary, dueAt }: { readonly service?: string; readonly boundary: string; readonly dueAt: string },
  ids: readonly string[] = ['r'],
): Promise<void> {
  for (let start = 0; start < ids.length; start += 90) {
    const work = open(boundary, service === undefined ? {} : { service });
    for (const id of ids.slice(start, start + 90)) (await work.expectNew(Reminder, id)).put({ dueAt });
    await work.commit();
  }
}
