import { z } from 'zod';
import { line } from '../../../shared/text.ts';
import { type ProviderReport, reportKinds } from './provider-report.ts';

/** A Message-ID as a mail has it, or the key in it alone. */
const MessageId = z
  .string()
  .min(1)
  .max(300)
  .transform((text) => text.replace(/^</, '').replace(/>$/, '').replace(/@.*$/, ''));

/**
 * What somebody sends who reads the bounces of a mail server, or the feedback of its neighbours: Event Grid's events are of Azure
 * alone, and mail servers have none.
 */
export const OwnReports = z.strictObject({
  reports: z
    .array(
      z.strictObject({
        id: line(300).optional().describe('What the report is called, where it may come again'),
        messageId: MessageId.describe('The Message-ID of the mail'),
        kind: z.enum(['delivered', ...reportKinds]),
      }),
    )
    .min(1)
    .max(1_000),
});

/** That it was delivered changes nothing. A message bounces once, whatever the reports of it are called. */
export function reportsIn({ reports }: z.output<typeof OwnReports>): readonly ProviderReport[] {
  return reports.flatMap(({ id, messageId, kind }) =>
    kind === 'delivered' ? [] : { id: id ?? kind, messageId, kind },
  );
}
