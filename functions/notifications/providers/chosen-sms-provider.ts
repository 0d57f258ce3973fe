import type { Settings } from '../../../shared/settings/settings.ts';
import { notificationSettings } from '../settings.ts';
import { smsFiles } from './file/sms-files.ts';
import type { SmsProvider } from './sms-provider.ts';

/** For what was to be sent when there still was one: it fails for good, instead of being due for ever. */
const nobody: SmsProvider = {
  name: 'none',
  send: async () => ({ kind: 'refused', reason: 'no provider sends text messages (SMS_PROVIDER)' }),
};

/** The provider that is set. */
export function smsProviderOf(settings: Settings): SmsProvider {
  const { SMS_PROVIDER, SMS_FOLDER } = notificationSettings.of(settings);
  return SMS_PROVIDER === 'file' && SMS_FOLDER !== undefined ? smsFiles(SMS_FOLDER) : nobody;
}

/** Whether anybody sends text messages. */
export function sendsTextMessages(settings: Settings): boolean {
  return smsProviderOf(settings) !== nobody;
}
