import type { Settings } from '../../../shared/settings/settings.ts';
import { Channel } from '../templates/channel.ts';
import { sendsMails } from './chosen-mail-provider.ts';
import { sendsTextMessages } from './chosen-sms-provider.ts';

const isOpen = { email: sendsMails, sms: sendsTextMessages };

/** The channels by which anything is sent: those that have a provider. */
export function openChannels(settings: Settings): readonly Channel[] {
  return Channel.options.filter((channel) => isOpen[channel](settings));
}
