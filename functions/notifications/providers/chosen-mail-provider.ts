import type { Settings } from '../../../shared/settings/settings.ts';
import { notificationSettings } from '../settings.ts';
import { azureMails } from './azure/azure-mails.ts';
import { communicationService } from './azure/communication-service.ts';
import { mailFiles } from './file/mail-files.ts';
import type { MailProvider } from './mail-provider.ts';
import { oneFor } from './one-for-settings.ts';
import { smtpMails } from './smtp/smtp-mails.ts';

/** For what was to be sent when there still was one: it fails for good, instead of being due for ever. */
const nobody: MailProvider = {
  name: 'none',
  send: async () => ({ kind: 'refused', reason: 'no provider sends mails (MAIL_PROVIDER)' }),
};

/** The provider that is set. */
export const mailProviderOf: (settings: Settings) => MailProvider = oneFor((settings) => {
  const {
    MAIL_PROVIDER: provider,
    MAIL_FOLDER: folder,
    MAIL_SENDER: sender,
    SMTP_HOST: host,
    SMTP_PORT: port,
    SMTP_TLS: tls,
    SMTP_USER: user,
    SMTP_PASSWORD: pass,
    ...others
  } = notificationSettings.of(settings);
  if (provider === 'file' && folder !== undefined) return mailFiles(folder);
  if (provider === 'smtp' && host !== undefined && sender !== undefined) {
    const login = user === undefined || pass === undefined ? undefined : { user, pass };
    return smtpMails({ host, port, tls, login, sender });
  }
  if (provider === 'azure-communication' && sender !== undefined)
    return azureMails(communicationService(others), sender);
  return nobody;
});

/** Whether anybody sends mails. */
export function sendsMails(settings: Settings): boolean {
  return mailProviderOf(settings) !== nobody;
}
