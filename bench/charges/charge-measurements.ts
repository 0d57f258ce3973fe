import type { Charge } from '../apps/metered/charges.ts';
import type { Measurement } from '../figure.ts';
import { type Typical, typical } from '../typical.ts';
import { nameOf } from './charges-during.ts';

type Told = Pick<Measurement, 'what' | 'target'>;
type Turns = readonly (readonly Charge[])[];

/** What several turns were charged: all of it, what of that Strong consistency costs in reads, and by kind of request, the dearest first. */
export function chargeMeasurements(turns: Turns, total: Told): readonly Measurement[] {
  return [
    { ...total, ...totalOf(turns, unitsOf), unit: 'RU' },
    {
      what: 'of which Strong consistency, in reads',
      ...totalOf(turns, ({ unitsOfStrong }) => unitsOfStrong),
      unit: 'RU',
    },
    ...byKind(turns, unitsOf, { unit: 'RU', leastShown: 0.5 }),
  ];
}

/** In how many requests something was done in several turns: all of them, and by kind, the most first. */
export function requestMeasurements(turns: Turns, total: Told): readonly Measurement[] {
  return [
    { ...total, ...totalOf(turns, requestsOf), unit: 'requests' },
    ...byKind(turns, requestsOf, { unit: 'requests', leastShown: 0.1 }),
  ];
}

export function unitsOf({ units }: Charge): number {
  return units;
}

export function requestsOf({ requests }: Charge): number {
  return requests;
}

/** Kinds below `leastShown` are told together. */
function byKind(
  turns: Turns,
  measured: (charge: Charge) => number,
  { unit, leastShown }: Pick<Measurement, 'unit'> & { readonly leastShown: number },
): readonly Measurement[] {
  const parts = [...new Set(turns.flatMap((charges) => charges.map(nameOf)))]
    .map((what) => ({ what, ...totalOf(turns, measured, (charge) => nameOf(charge) === what), unit }))
    .sort((a, b) => b.value - a.value);
  const shown = parts.filter(({ value }) => value >= leastShown);
  const isShown = (charge: Charge) => shown.some(({ what }) => what === nameOf(charge));
  return [...shown, { what: 'everything else', ...totalOf(turns, measured, (charge) => !isShown(charge)), unit }];
}

/** The sum over kinds, as one value over the turns. */
export function totalOf(
  turns: Turns,
  measured: (charge: Charge) => number,
  isCounted: (charge: Charge) => boolean = () => true,
): Typical {
  return typical(turns.map((charges) => charges.filter(isCounted).reduce((sum, charge) => sum + measured(charge), 0)));
}
