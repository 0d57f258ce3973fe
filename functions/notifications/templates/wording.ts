import type { Parameters, Text } from './template.ts';
import type { TemplateName } from './templates.ts';

/** All that is said, in one language. */
export interface Wordings {
  readonly greeting: (name: string | undefined) => string;
  readonly texts: Readonly<Record<TemplateName, (parameters: Parameters) => Text>>;
}

/** A point in time as people of a language write it, in UTC, since nobody knows where they are. */
export function instantIn(locale: string): (instant: string | undefined) => string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return (instant = '') => {
    const time = Date.parse(instant);
    return Number.isNaN(time) ? instant : `${format.format(time)} UTC`;
  };
}
