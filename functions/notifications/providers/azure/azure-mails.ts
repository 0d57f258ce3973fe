import type { EmailClient, EmailMessage } from '@azure/communication-email';
import type { MailProvider } from '../mail-provider.ts';
import { afterFailedRequest, isRestError } from './azure-failure.ts';
import { type CommunicationService, endpointOf, noRetries } from './communication-service.ts';
import { progressOf, type ServiceAnswer } from './mail-operation.ts';

/** The library wants a message where it only asks, too, and sends nothing of it. */
const nothing: EmailMessage = {
  senderAddress: '',
  content: { subject: '', plainText: '' },
  recipients: { to: [] },
};

/**
 * Sends mails through Azure Communication Services. The key of a mail is the id of the operation that sends it, so the service can be
 * asked what became of it before anything is sent again. It takes a mail at once and sends it in its own time; until then it is under
 * way. As whom a mail comes is set in Azure, beside the address of the sender.
 */
export function azureMails(service: CommunicationService, sender: string): MailProvider {
  let opened: Promise<EmailClient> | undefined;
  const client = () => {
    opened ??= openMails(service);
    return opened;
  };
  return {
    name: 'azure-communication',
    async send({ key, to, subject, body }, abortSignal) {
      const answers: ServiceAnswer[] = [];
      const mail: EmailMessage = {
        senderAddress: sender,
        content: { subject, plainText: body },
        recipients: { to: [{ address: to }] },
        disableUserEngagementTracking: true,
      };
      const mails = await client();
      try {
        // The library asks at once what became of it.
        await mails.beginSend(mail, { operationId: key, abortSignal, onResponse: (answer) => answers.push(answer) });
      } catch (error) {
        if (isOfThisMail(error)) return { kind: 'refused', reason: 'the service does not take such a mail' };
        if (answers[0]?.status !== 202) return afterFailedRequest(error);
      }
      return progressOf(key, answers.at(-1));
    },
    async ask(key, abortSignal) {
      const answers: ServiceAnswer[] = [];
      const mails = await client();
      try {
        const resumeFrom = operationOf(key, service);
        await mails.beginSend(nothing, { resumeFrom, abortSignal, onResponse: (answer) => answers.push(answer) });
      } catch (error) {
        if (isRestError(error) && error.statusCode === 404) return undefined;
        if (answers[0]?.status !== 200) return afterFailedRequest(error);
      }
      return progressOf(key, answers.at(-1));
    },
  };
}

/** Its recipient is none, or it is too large. What is wrong with the sender or its domain is wrong with our settings. */
function isOfThisMail(error: unknown): boolean {
  if (!isRestError(error)) return false;
  const { statusCode, code = '' } = error;
  return statusCode === 413 || (statusCode === 400 && !/sender|domain/i.test(code));
}

/** An operation that may have begun, as the library keeps one to go on with. */
function operationOf(key: string, service: CommunicationService): string {
  const operationLocation = new URL(`/emails/operations/${key}`, endpointOf(service)).href;
  return JSON.stringify({
    state: { status: 'running', config: { operationLocation, metadata: { mode: 'OperationLocation' } } },
  });
}

/** The library is loaded by the first mail: most processes never send one. */
async function openMails(service: CommunicationService): Promise<EmailClient> {
  const { EmailClient } = await import('@azure/communication-email');
  return 'connectionString' in service
    ? new EmailClient(service.connectionString, noRetries)
    : new EmailClient(service.endpoint, service.credential, noRetries);
}
