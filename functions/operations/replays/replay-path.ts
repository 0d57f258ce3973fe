import { z } from 'zod';
import type { NewId } from '../../../shared/ids.ts';

/** The path of a route about one replay. */
export const ReplayPath = z.object({ id: z.string().regex(/^\d{8}T\d{9}Z-[\da-f-]{36}$/) });

/** The id of a replay that is asked for now: ids sort by time, so that a list has the newest first. */
export function replayId(now: Date, newId: NewId): string {
  return `${now.toISOString().replaceAll(/[-:.]/g, '')}-${newId()}`;
}
