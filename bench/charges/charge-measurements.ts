import type { Charge } from '../apps/metered/charges.ts';
import type { Measurement } from '../figure.ts';
import { type Typical, typical } from '../typical.ts';
import { nameOf } from './charges-during.ts';

/** Kinds below this are told together. */
const leastShown = 0.5;

/** What several turns were charged: all of it, what of that Strong consistency costs in reads, and by kind of request, the dearest first. */
export function chargeMeasurements(
  turns: readonly (readonly Charge[])[],
  total: Pick<Measurement, 'what' | 'target'>,
): readonly Measurement[] {
  const over = (units: (charge: Charge) => number, isCounted: (charge: Charge) => boolean = () => true): Typical =>
    typical(turns.map((charges) => charges.filter(isCounted).reduce((sum, charge) => sum + units(charge), 0)));
  const allUnits = ({ units }: Charge) => units;
  const parts = [...new Set(turns.flatMap((charges) => charges.map(nameOf)))]
    .map((what) => ({ what, ...over(allUnits, (charge) => nameOf(charge) === what) }))
    .sort((a, b) => b.value - a.value);
  const shown = parts.filter(({ value }) => value >= leastShown);
  const isShown = (charge: Charge) => shown.some(({ what }) => what === nameOf(charge));
  return [
    { ...total, ...over(allUnits), unit: 'RU' },
    { what: 'of which Strong consistency, in reads', ...over(({ unitsOfStrong }) => unitsOfStrong), unit: 'RU' },
    ...shown.map((part): Measurement => ({ ...part, unit: 'RU' })),
    { what: 'everything else', ...over(allUnits, (charge) => !isShown(charge)), unit: 'RU' },
  ];
}
