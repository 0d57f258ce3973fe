import { LocalTime, TimeZone } from '../../shared/local-date.ts';
import { serviceSettings } from '../../shared/settings/service-settings.ts';

/** What can be set of what operators are told. */
export const operationsSettings = serviceSettings({
  DEAD_LETTERS_COUNTED_AT: LocalTime.prefault('06:00').describe(
    'When operators are told each day how many dead letters wait for a decision, on the clocks of OPERATORS_TIME_ZONE',
  ),
  OPERATORS_TIME_ZONE: TimeZone.prefault('UTC').describe('The time zone that operators live by: Europe/Berlin'),
});
