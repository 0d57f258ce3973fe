import { z } from 'zod';
import { defineProjection } from '../../shared/model/projection.ts';
import { SettingChange } from './setting-changes.ts';

const PastChangeState = z.object({
  changes: z.array(SettingChange),
  by: z.string(),
  at: z.iso.datetime(),
  /** The version that the settings had from then on. */
  to: z.int(),
});
export type PastChangeState = z.infer<typeof PastChangeState>;

/** An entry of the history, put by the commit of the change itself. */
export const PastChange = defineProjection({ kind: 'settings-change', state: PastChangeState });

/** Sorts by version: there will not be as many changes as digits. */
export function changeId(version: number): string {
  return `${version}`.padStart(10, '0');
}
