import { z } from 'zod';
import { dueAtOnce } from '../../../shared/model/due-at-once.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { Channel } from '../templates/channel.ts';
import { type ProviderReport, reportKinds } from './provider-report.ts';

/** Mail servers try for five days, and say that they have given up after that. Source: RFC 5321, section 4.5.4.1 */
const keptSeconds = 14 * 86_400;
/** Reports of one message beyond these change nothing: whatever they say was said. */
const mostReports = 20;

/**
 * What is known of a message by the key under which a provider has it: whose delivery it was, once that is settled, and what was
 * reported of it. Whichever comes first waits here for the other.
 */
export const SentMessage = defineProjection({
  kind: 'sent-message',
  state: z.object({
    delivery: z.object({ deliveryId: z.string(), recipientId: z.string(), channel: Channel }).optional(),
    reports: z.array(z.object({ id: z.string(), kind: z.enum(reportKinds) })),
    /** How many of them have been acted on. */
    applied: z.int().nonnegative(),
    dueAt: z.iso.datetime().optional(),
    ttl: z.int(),
  }),
});
export type SentMessage = ReturnType<typeof SentMessage.parse>;

const unknown: SentMessage = { reports: [], applied: 0, ttl: keptSeconds };

export function messageBoundary(messageId: string): string {
  return `sent-message:${messageId}`;
}

/** A report was made; the same state, where that is known already. */
export function withReport(
  state: SentMessage = unknown,
  { id, kind }: Pick<ProviderReport, 'id' | 'kind'>,
  now: Date,
): SentMessage {
  const isKnown = state.reports.some((one) => one.id === id);
  if (isKnown || state.reports.length >= mostReports) return state;
  return whenDue({ ...state, reports: [...state.reports, { id, kind }] }, now);
}

/** The delivery is settled: a provider has it. The same state, where that is known already. */
export function withDelivery(
  state: SentMessage = unknown,
  delivery: NonNullable<SentMessage['delivery']>,
  now: Date,
): SentMessage {
  return state.delivery === undefined ? whenDue({ ...state, delivery }, now) : state;
}

/** What is to be acted on. */
export function unapplied({ reports, applied }: SentMessage): ReadonlySet<ProviderReport['kind']> {
  return new Set(reports.slice(applied).map(({ kind }) => kind));
}

/** All of it was acted on. */
export function appliedAll({ dueAt: _, ...state }: SentMessage): SentMessage {
  return { ...state, applied: state.reports.length };
}

function whenDue(state: SentMessage, now: Date): SentMessage {
  const isDue = state.delivery !== undefined && state.reports.length > state.applied;
  return isDue ? { ...state, dueAt: dueAtOnce(now, state.dueAt) } : state;
}
