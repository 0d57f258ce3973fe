import { z } from 'zod';
import { Language } from '../templates/language.ts';
import { Topic, templateOf } from '../templates/templates.ts';
import type { Wishes } from './preferences.ts';

const always = Topic.options.filter((topic) => templateOf(topic).isForSecurity ?? false);

const topics = z.array(Topic).max(100);

/** What somebody wants to hear, as they say it and see it. */
export const NotificationPreferences = z
  .strictObject({
    email: topics.describe(`Of what they hear by e-mail; whatever is said here, of ${always.join(', ')}`),
    sms: topics.describe('Of what they hear by text message, where they have a telephone in international form'),
    language: Language.describe('In which language'),
  })
  .meta({
    id: 'NotificationPreferences',
    example: { email: ['order-confirmed', 'order-shipped'], sms: ['out-for-delivery'], language: 'en' },
  });

export function viewOf({ email, sms, language }: Wishes): Wishes {
  return { email, sms, language };
}
