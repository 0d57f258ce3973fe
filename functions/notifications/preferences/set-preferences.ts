import { isDeepStrictEqual } from 'node:util';
import { command } from '../../../shared/capabilities/command.ts';
import { NotificationPreferencesUpdated } from '../../../shared/events/contracts/notifications.ts';
import { roles } from '../../../shared/security/principal.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { Preferences, preferencesId, type Wishes } from './preferences.ts';
import { NotificationPreferences, viewOf } from './preferences-view.ts';

export const setPreferences = command({
  name: 'set-preferences',
  summary: 'Says of what the caller wants to hear by which channel, and in which language',
  method: 'PUT',
  route: 'notifications/preferences',
  roles,
  forOthers: [],
  body: NotificationPreferences,
  of: Preferences,
  at: ({ caller }) => ({ boundary: recipientBoundary(caller.sub), id: preferencesId }),
  begin: ({ caller, body, now }) => [updated(caller.sub, eachOnce(body), now)],
  decide(preferences, { body, now }) {
    const wishes = eachOnce(body);
    return isDeepStrictEqual(viewOf(preferences), wishes) ? [] : [updated(preferences.recipientId, wishes, now)];
  },
  view: [NotificationPreferences, ({ state }) => viewOf(state)],
});

function eachOnce({ email, sms, language }: Wishes): Wishes {
  return { email: [...new Set(email)], sms: [...new Set(sms)], language };
}

function updated(recipientId: string, wishes: Wishes, now: Date) {
  return NotificationPreferencesUpdated({ recipientId, ...wishes, at: now.toISOString() });
}
