import { z } from 'zod';
import { ConsentPurpose, ConsentState } from '../../../shared/events/contracts/customers.ts';
import { defineProjection } from '../../../shared/model/projection.ts';

/** What a customer has decided once, and how we know. */
export const Decision = z.object({
  purpose: ConsentPurpose,
  decision: ConsentState,
  at: z.iso.datetime(),
  source: z.string(),
  textVersion: z.string(),
  /** Who has noted it, and when. */
  by: z.string(),
  notedAt: z.iso.datetime(),
});
export type Decision = z.infer<typeof Decision>;

/** Every decision ever noted, each for itself: the history, which is never changed. */
export const ConsentDecision = defineProjection({ kind: 'consent-decision', state: Decision });

/** The decision of each purpose that counts: the one that was made last, whenever it was noted. */
export const LastDecisions = defineProjection({
  kind: 'last-decisions',
  state: z.object({ decisions: z.record(ConsentPurpose, Decision) }),
});

/** The same decision at the same time is one. */
export function decisionId({ purpose, at, decision }: Pick<Decision, 'purpose' | 'at' | 'decision'>): string {
  return `${purpose}:${at}:${decision}`;
}

/** Whether a decision counts from now on. Of two at one time, the one that says no. */
export function countsAfter(last: Decision | undefined, next: Decision): boolean {
  if (last === undefined || next.at > last.at) return true;
  return next.at === last.at && next.decision === 'withdrawn' && last.decision === 'granted';
}

/** Whether it says what was said last, so that whoever says it again, and not when, says nothing new. */
export function isSame(last: Decision | undefined, next: Decision): boolean {
  return (
    last !== undefined &&
    last.decision === next.decision &&
    last.source === next.source &&
    last.textVersion === next.textVersion
  );
}
