import { tenantSettings } from '../../shared/capabilities/tenant-settings.ts';

/** What a tenant can set of what it tells people, and as whom. */
export const tenantNotifications = tenantSettings({
  name: 'follow-notifications-settings',
  follows: { notifications: ['channels', 'senderName'], company: ['name', 'language'] },
});
