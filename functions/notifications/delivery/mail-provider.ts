import type { ProviderAnswer } from '../../../shared/capabilities/effect.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { notificationSettings } from '../settings.ts';
import { mailFiles } from './mail-files.ts';
import type { Mail } from './mail-message.ts';

/** Whoever sends mails. */
export interface MailProvider {
  /** What events call it. */
  readonly name: string;
  /** The same key is the same mail, whatever it says. @throws Error where another try may succeed. */
  readonly send: (mail: Mail, signal: AbortSignal) => Promise<ProviderAnswer>;
}

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
  return notificationSettings.of(settings).MAIL_PROVIDER !== 'none';
}
