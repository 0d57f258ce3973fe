import type { Settings } from '../../../shared/settings/settings.ts';
import { notificationSettings } from '../settings.ts';
import { azureSms } from './azure/azure-sms.ts';
import { communicationService } from './azure/communication-service.ts';
import { smsFiles } from './file/sms-files.ts';
import { oneFor } from './one-for-settings.ts';
import type { SmsProvider } from './sms-provider.ts';

/** For what was to be sent when there still was one: it fails for good, instead of being due for ever. */
const nobody: SmsProvider = {
  name: 'none',
  send: async () => ({ kind: 'refused', reason: 'no provider sends text messages (SMS_PROVIDER)' }),
};

/** The provider that is set. */
export const smsProviderOf: (settings: Settings) => SmsProvider = oneFor((settings) => {
  const { SMS_PROVIDER, SMS_FOLDER, SMS_SENDER, ...others } = notificationSettings.of(settings);
  if (SMS_PROVIDER === 'file' && SMS_FOLDER !== undefined) return smsFiles(SMS_FOLDER);
  if (SMS_PROVIDER === 'azure-communication' && SMS_SENDER !== undefined)
    return azureSms(communicationService(others), SMS_SENDER);
  return nobody;
});

/** Whether anybody sends text messages. */
export function sendsTextMessages(settings: Settings): boolean {
  return smsProviderOf(settings) !== nobody;
}
