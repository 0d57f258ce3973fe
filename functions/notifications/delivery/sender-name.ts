import type { SettingsInForce } from '../../../shared/events/contracts/tenant-settings.ts';

type Named = Pick<SettingsInForce['notifications'], 'senderName'> & Pick<SettingsInForce['company'], 'name'>;

/** As whom mails are sent: as the tenant says, else in the name of its company. */
export function senderNameOf({ senderName, name }: Named): string {
  return senderName ?? name ?? 'Lagerhaus';
}
