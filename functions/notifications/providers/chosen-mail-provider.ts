import type { Settings } from '../../../shared/settings/settings.ts';
import { notificationSettings } from '../settings.ts';
import { mailFiles } from './file/mail-files.ts';
import type { MailProvider } from './mail-provider.ts';

/** For what was to be sent when there still was one: it fails for good, instead of being due for ever. */
const nobody: MailProvider = {
  name: 'none',
  send: async () => ({ kind: 'refused', reason: 'no provider sends mails (MAIL_PROVIDER)' }),
};

/** The provider that is set. */
export function mailProviderOf(settings: Settings): MailProvider {
  const { MAIL_PROVIDER, MAIL_FOLDER } = notificationSettings.of(settings);
  return MAIL_PROVIDER === 'file' && MAIL_FOLDER !== undefined ? mailFiles(MAIL_FOLDER) : nobody;
}

/** Whether anybody sends mails. */
export function sendsMails(settings: Settings): boolean {
  return mailProviderOf(settings) !== nobody;
}
