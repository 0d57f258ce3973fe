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
  readonly hasTelephone: () => Promise<boolean>;
}

/**
 * By which channels somebody hears of something: as they wish, or by default. What is for security goes by e-mail in any case. A text
 * message that nobody has asked for goes to those of whom a telephone is known.
 */
export async function wantedChannels(
  name: TemplateName,
  { preferences, open, hasTelephone }: Wanting,
): Promise<readonly Channel[]> {
  const template = templateOf(name);
  const wanted = open.filter((channel) => isWanted(channel, name, template, preferences));
  const isUnasked = preferences === undefined && wanted.includes('sms');
  return isUnasked && !(await hasTelephone()) ? wanted.filter((channel) => channel !== 'sms') : wanted;
}

function isWanted(
  channel: Channel,
  name: TemplateName,
  { byDefault, isForSecurity = false }: Template,
  preferences: PreferencesState | undefined,
): boolean {
  if (isForSecurity && channel === 'email') return true;
  return preferences === undefined ? byDefault.includes(channel) : preferences[channel].some((topic) => topic === name);
}
