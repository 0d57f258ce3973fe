import type { Unit } from '../figure.ts';

/** A value as people read it, with its unit. */
export function shown(value: number, unit: Unit): string {
  return `${shownNumber(value, unit)}${suffixOf(unit)}`;
}

/** The same without its unit. */
export function shownNumber(value: number, unit: Unit): string {
  if (unit === 'ratio') return value.toFixed(2);
  return value.toLocaleString('en-US', { maximumFractionDigits: digitsOf[unit] ?? 1 });
}

/** What stands behind a number of the unit. */
export function suffixOf(unit: Unit): string {
  if (unit === 'ratio') return '';
  return unit === 'per second' ? '/s' : ` ${unit}`;
}

/** How many digits of a value say something, where it is not one. */
const digitsOf: Partial<Record<Unit, number>> = { 'per second': 0, orders: 0, units: 0, requests: 2, cores: 3 };
