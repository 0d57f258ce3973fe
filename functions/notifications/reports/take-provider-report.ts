import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent, ok } from '../../../shared/http/answer.ts';
import { jsonSchemaOf } from '../../../shared/http/json-schema.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { notificationSettings } from '../settings.ts';
import { OwnReports } from './own-reports.ts';
import { EventGridEvents, ReportingProvider, received } from './report-bodies.ts';
import { isSecret } from './reports-secret.ts';
import { messageBoundary, SentMessage, withReport } from './sent-message.ts';

/** It is read only once the secret is known: who does not know it is told nothing, not even what is wrong with a body. */
const AnyReports = z.unknown().meta({
  anyOf: [EventGridEvents, OwnReports].map((one) => jsonSchemaOf(one, { target: 'draft-2020-12', descriptions: true })),
});

/**
 * Takes what a provider has to say of messages after it took them. Event Grid signs nothing, so whoever knows the address may report:
 * its last part is the secret.
 */
export const takeProviderReport = endpoint({
  name: 'take-provider-report',
  summary: 'Takes what a provider reports of messages: bounces and complaints',
  method: 'POST',
  route: 'channels/{provider}/reports/{secret}',
  roles: 'public',
  params: z.object({ provider: ReportingProvider, secret: z.string() }),
  body: AnyReports,
  answers: { 200: z.object({ validationResponse: z.string() }), 204: z.undefined() },
  needs: ['inParts'],
  async handle({ params: { provider, secret }, body, settings, now, inParts }) {
    if (!isSecret(secret, notificationSettings.of(settings).CHANNEL_REPORTS_SECRET))
      throw rejectAbsent('nobody takes reports here');
    const from = received(provider, body);
    if (from.kind === 'handshake') return ok({ validationResponse: from.validationCode });
    await inParts(
      from.reports.map((report) => ({
        name: `${report.messageId} ${report.id}`,
        boundary: messageBoundary(report.messageId),
        result: z.null(),
        async run(work) {
          const message = await work.load(SentMessage, report.messageId);
          const next = withReport(message.current, report, now);
          if (next !== message.current) message.put(next);
          return null;
        },
      })),
    );
    return noContent();
  },
});
