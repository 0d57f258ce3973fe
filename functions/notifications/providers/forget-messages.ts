import type { Settings } from '../../../shared/settings/settings.ts';
import { mailProviderOf } from './chosen-mail-provider.ts';
import { smsProviderOf } from './chosen-sms-provider.ts';
import type { Recipient } from './recipient.ts';

/** Has nothing left of what was written for somebody, as far as it lies with us. */
export async function forgetMessages(recipient: Recipient, settings: Settings): Promise<void> {
  for (const provider of [mailProviderOf(settings), smsProviderOf(settings)]) await provider.forget?.(recipient);
}
