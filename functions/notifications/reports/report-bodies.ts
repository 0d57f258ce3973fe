import { z } from 'zod';
import { rejectInvalid } from '../../../shared/model/rejection.ts';
import { EventGridEvent, reportIn, validationCodeIn } from './event-grid.ts';
import { OwnReports, reportsIn } from './own-reports.ts';
import type { ProviderReport } from './provider-report.ts';

/** What a provider has sent: its reports, or that it wants to know whether it may send any. */
export type Received =
  | { readonly kind: 'reports'; readonly reports: readonly ProviderReport[] }
  | { readonly kind: 'handshake'; readonly validationCode: string };

/** Whose messages may be reported of. */
export const ReportingProvider = z.enum(['azure-communication', 'smtp', 'file']);

/** Event Grid sends up to 5,000 events at once, and 1 MB. */
export const EventGridEvents = z.array(EventGridEvent).max(5_000);

/** @throws Rejection invalid-body */
export function received(provider: z.output<typeof ReportingProvider>, body: unknown): Received {
  if (provider !== 'azure-communication') return ofOurs(reportsIn(read(OwnReports, body)));
  const events = read(EventGridEvents, body);
  const validationCode = validationCodeIn(events);
  if (validationCode !== undefined) return { kind: 'handshake', validationCode };
  return ofOurs(events.flatMap((event) => reportIn(event) ?? []));
}

/**
 * The keys of our messages are UUIDs. Others may send through the same service, and call theirs what they like: what is reported of those
 * must not keep ours from being taken.
 */
function ofOurs(reports: readonly ProviderReport[]): Received {
  return { kind: 'reports', reports: reports.filter(({ messageId }) => z.guid().safeParse(messageId).success) };
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const { data, error } = schema.safeParse(body);
  if (error !== undefined) throw rejectInvalid('body', error);
  return data;
}
