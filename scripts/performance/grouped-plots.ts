import type { Unit } from '../../bench/figure.ts';
import { barPlot } from './bar-plot.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure } from './results.ts';
import { toldNumbers } from './told.ts';

/** A plot of values of one figure that are the same of several things. */
export interface GroupedPlot extends Omit<Plot, 'svg'> {
  readonly unit: Unit;
  readonly axis: string;
  /** Tells from what a value is called where it stands; the others are left out. */
  readonly placeOf: (what: string) => Place | undefined;
}

/** Where a value stands: with which others, and as which of them. */
export interface Place {
  readonly group: string;
  readonly series: string;
}

/** The plots that a figure has values for. */
export function groupedPlots(figure: KeptFigure | undefined, plots: readonly GroupedPlot[]): readonly Plot[] {
  return plots.flatMap(({ unit, placeOf, ...plot }) => {
    const placed = (figure?.rows ?? []).flatMap((row) => {
      const place = row.unit === unit && Number.isFinite(row.value) ? placeOf(row.what) : undefined;
      return place === undefined ? [] : [{ ...place, row }];
    });
    if (placed.length === 0) return [];
    const series = [...new Set(placed.map((one) => one.series))];
    const groups = [...Map.groupBy(placed, ({ group }) => group)].map(([label, all]) => ({
      label,
      bars: all
        .map(({ series: one, row }) => ({
          series: series.indexOf(one),
          value: row.value,
          noise: row.noise,
          told: toldNumbers(row),
        }))
        .sort((a, b) => a.series - b.series),
    }));
    return [barPlot({ ...plot, series, groups })];
  });
}
