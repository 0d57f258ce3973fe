import type { Target, Unit } from '../../bench/figure.ts';
import { shownNumber, suffixOf } from '../../bench/report/shown.ts';
import type { Measured } from './results.ts';

/** `354 ±17/s`: a value with its noise. */
export function toldValue(measured: Measured): string {
  return Number.isFinite(measured.value) ? `${toldNumbers(measured)}${suffixOf(measured.unit)}` : 'endless or none';
}

/** The same without its unit, where that is told once for all. */
export function toldNumbers({ value, noise, unit }: Measured): string {
  return `${shownNumber(value, unit)}${noise === undefined ? '' : ` ±${shownNumber(noise, unit)}`}`;
}

/** `at least 0.60`: what a value is to come to, in the same unit. */
export function toldTarget({ bound, value }: Target, unit: Unit): string {
  return `${bound} ${shownNumber(value, unit)}`;
}
