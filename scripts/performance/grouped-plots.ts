import type { Unit } from '../../bench/figure.ts';
import { barPlot } from './bar-plot.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure, Measured } from './results.ts';
import { toldNumbers } from './told.ts';

/** A plot of all values of one figure in one unit. */
export interface GroupedPlot extends Omit<Plot, 'svg'> {
  readonly unit: Unit;
  readonly axis: string;
}

/** Where a value stands: with which others, and as which of them. */
export interface Place {
  readonly group: string;
  readonly series: string;
}

/** Plots of a figure that measures the same of several things. `placeOf` tells it from what a value is called; the others are left out. */
export function groupedPlots(
  figure: KeptFigure | undefined,
  plots: readonly GroupedPlot[],
  placeOf: (what: string) => Place | undefined,
): readonly Plot[] {
  const placed = (figure?.rows ?? []).flatMap((row) => {
    const place = placeOf(row.what);
    return place === undefined || !Number.isFinite(row.value) ? [] : [{ ...place, row }];
  });
  return plots.flatMap(({ unit, ...plot }) => {
    const measured = placed.filter(({ row }) => row.unit === unit);
    if (measured.length === 0) return [];
    const series = [...new Set(measured.map((one) => one.series))];
    const groups = [...Map.groupBy(measured, ({ group }) => group)].map(([label, all]) => ({
      label,
      bars: all.map((one) => ({ ...drawn(one.row), series: series.indexOf(one.series) })),
    }));
    return [barPlot({ ...plot, series, groups })];
  });
}

function drawn(row: Measured) {
  return { value: row.value, noise: row.noise, told: toldNumbers(row) };
}
