import type { Target, Unit } from '../../bench/figure.ts';
import { shown, shownNumber, suffixOf } from '../../bench/report/shown.ts';
import type { Measured } from './results.ts';

/** `354 ±17/s`: a value with its noise. */
export function toldValue({ value, noise, unit }: Measured): string {
  if (!Number.isFinite(value)) return 'endless';
  const offBy = noise === undefined ? '' : ` ±${shownNumber(noise, unit)}`;
  return `${shownNumber(value, unit)}${offBy}${suffixOf(unit)}`;
}

/** `at least 0.60`: what a value is to come to. */
export function toldTarget({ bound, value }: Target, unit: Unit): string {
  return `${bound} ${shown(value, unit)}`;
}
