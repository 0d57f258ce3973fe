import type { Channel } from '../templates/channel.ts';
import type { Template } from '../templates/template.ts';
import type { TemplateName } from '../templates/templates.ts';
import { templateOf } from '../templates/templates.ts';
import type { PreferencesState } from './preferences.ts';

interface Wanting {
  /** What the recipient has said, if anything. */
  readonly preferences: PreferencesState | undefined;
  /** By which anything is sent at all. */
  readonly open: readonly Channel[];
  /** By which the tenant tells people things. */
  readonly used: readonly Channel[];
  readonly hasTelephone: () => Promise<boolean>;
}

/**
 * By which channels somebody hears of something: as they wish, or by default, of those that the tenant uses. What is for security goes by
 * e-mail in any case. A text message that nobody has asked for goes to those of whom a telephone is known.
 */
export async function wantedChannels(
  name: TemplateName,
  { preferences, open, used, hasTelephone }: Wanting,
): Promise<readonly Channel[]> {
  const template = templateOf(name);
  const wanted = open.filter(
    (channel) =>
      isForcedBy(channel, template) || (used.includes(channel) && isWanted(channel, name, template, preferences)),
  );
  const isUnasked = preferences === undefined && wanted.includes('sms');
  return isUnasked && !(await hasTelephone()) ? wanted.filter((channel) => channel !== 'sms') : wanted;
}

function isWanted(
  channel: Channel,
  name: TemplateName,
  { byDefault }: Template,
  preferences: PreferencesState | undefined,
): boolean {
  return preferences === undefined ? byDefault.includes(channel) : preferences[channel].some((topic) => topic === name);
}

function isForcedBy(channel: Channel, { isForSecurity = false }: Template): boolean {
  return isForSecurity && channel === 'email';
}
