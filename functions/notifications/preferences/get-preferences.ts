import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { roles } from '../../../shared/security/principal.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { tenantNotifications } from '../tenant-notifications.ts';
import { Preferences, preferencesId, usualWishes } from './preferences.ts';
import { NotificationPreferences, viewOf } from './preferences-view.ts';

export const getPreferences = endpoint({
  name: 'get-preferences',
  summary: 'Shows of what the caller hears by which channel, and in which language',
  method: 'GET',
  route: 'notifications/preferences',
  roles,
  forOthers: [],
  answers: { 200: NotificationPreferences },
  headers: ['etag'],
  async handle({ caller, reader, settings }) {
    const [found, { company }] = await Promise.all([
      reader.read(Preferences, { boundary: recipientBoundary(caller.sub), id: preferencesId }),
      tenantNotifications.of(reader, settings),
    ]);
    return ok(viewOf(found?.state ?? usualWishes(company.language)), found?.version ?? 0);
  },
});
