import { z } from 'zod';
import { NotificationPreferencesUpdated } from '../../../shared/events/contracts/notifications.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import type { Channel } from '../templates/channel.ts';
import { Language, languageOf } from '../templates/language.ts';
import { Topic, templateOf } from '../templates/templates.ts';

/** Of what somebody wants to hear by which channel. A topic of other code is none that they have chosen. */
const Topics = z.array(z.string()).transform((names) => names.flatMap((name) => Topic.safeParse(name).data ?? []));

const PreferencesState = z.object({
  recipientId: z.string(),
  email: Topics,
  sms: Topics,
  language: Language,
  at: z.iso.datetime(),
});
export type PreferencesState = z.infer<typeof PreferencesState>;

/** What somebody may say of what they want. */
export type Wishes = Pick<PreferencesState, Channel | 'language'>;

/** One for each person, in their own boundary. */
export const preferencesId = 'own';

/** What goes to whoever has said nothing, in the language of their shop. */
export function usualWishes(language: string): Wishes {
  return { email: usualTopics('email'), sms: usualTopics('sms'), language: languageOf(language) };
}

function usualTopics(channel: Channel): Topic[] {
  return Topic.options.filter((topic) => templateOf(topic).byDefault.includes(channel));
}

const said = ({ data }: { readonly data: Wished }): PreferencesState => PreferencesState.parse(data);
type Wished = Parameters<typeof NotificationPreferencesUpdated>[0];

export const Preferences = defineAggregate({
  kind: 'notification-preferences',
  state: PreferencesState,
  events: [NotificationPreferencesUpdated],
  begin: { [NotificationPreferencesUpdated.type]: said },
  evolve: { [NotificationPreferencesUpdated.type]: (_, event) => said(event) },
});

/** Nothing by e-mail any more but what is for their security: for whoever calls our mails spam. */
export function withoutMails(recipientId: string, { email, sms, language }: Wishes, now: Date) {
  if (email.length === 0) return [];
  return [NotificationPreferencesUpdated({ recipientId, email: [], sms, language, at: now.toISOString() })];
}
