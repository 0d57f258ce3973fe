import type { EffectContext } from '../../../shared/capabilities/effect.ts';
import type { FailureReason } from '../../../shared/events/contracts/notifications.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { Preferences, preferencesId } from '../preferences/preferences.ts';
import { type Language, languageOf } from '../templates/language.ts';
import { lookedUp } from '../templates/looked-up.ts';
import type { Text } from '../templates/template.ts';
import { knownName } from '../templates/templates.ts';
import { rendered } from '../templates/wordings.ts';
import { tenantNotifications } from '../tenant-notifications.ts';
import { type Contact, contactOf } from './contact-of.ts';
import type { DeliveryState } from './delivery.ts';

/** Whom a delivery is for, and what it says, as of now; or why it goes to nobody. */
export type Prepared =
  | { readonly kind: 'ready'; readonly contact: Contact; readonly text: Text; readonly language: Language }
  | { readonly kind: 'refused'; readonly reason: FailureReason };

/** What is personal is looked up here, and kept nowhere. */
export async function prepared(
  { recipientId, template, parameters }: Pick<DeliveryState, 'recipientId' | 'template' | 'parameters'>,
  { lookup, reader, settings }: Pick<EffectContext, 'lookup' | 'reader' | 'settings'>,
): Promise<Prepared> {
  const contact = await contactOf(recipientId, lookup);
  if (contact === 'gone') return refused('suppressed');
  const found = await lookedUp(knownName(template), { recipientId, parameters }, lookup, reader);
  if (found === undefined) return refused('suppressed');
  const [wishes, { company }] = await Promise.all([
    reader.read(Preferences, { boundary: recipientBoundary(recipientId), id: preferencesId }),
    tenantNotifications.of(reader, settings),
  ]);
  const language = wishes?.state.language ?? languageOf(contact.locale ?? company.language);
  return { kind: 'ready', contact, language, text: rendered(template, { ...parameters, ...found }, language) };
}

function refused(reason: FailureReason): Prepared {
  return { kind: 'refused', reason };
}
