import { isMet } from '../../bench/report/report.ts';
import { type Dot, dotPlot } from './dot-plot.ts';
import type { Plot } from './plot.ts';
import type { KeptResults, Measured } from './results.ts';
import { toldTarget, toldValue } from './told.ts';

type Figures = KeptResults['embedded'];

/** How near each figure is to its target: ratios that are to be high, and whatever is to be low in percent of what it may be. */
export function targetPlots(figures: Figures): readonly Plot[] {
  const plots = [
    {
      name: 'ratios',
      title: 'Ratios, each to what was measured beside it',
      axis: 'ratio (1: as much as what it is measured against)',
      dots: ratios(figures),
    },
    {
      name: 'limits',
      title: 'What is to stay low, in percent of what it may be',
      axis: 'percent of the limit',
      dots: limits(figures),
    },
  ];
  return plots.filter(({ dots }) => dots.length > 0).map(dotPlot);
}

function ratios(figures: Figures): readonly Dot[] {
  return targeted(figures).flatMap(({ key, row, target }) =>
    target.bound === 'at least' && row.unit === 'ratio' ? [dotOf(key, row, target, 1)] : [],
  );
}

function limits(figures: Figures): readonly Dot[] {
  return targeted(figures).flatMap(({ key, row, target }) =>
    // There is no percent of nothing: what may not happen at all stands in the table.
    target.bound !== 'at least' && target.value > 0 ? [dotOf(key, row, target, 100 / target.value)] : [],
  );
}

interface Targeted {
  readonly key: string;
  readonly row: Measured;
  readonly target: NonNullable<Measured['target']>;
}

/** The finite values that have a target. */
function targeted(figures: Figures): readonly Targeted[] {
  return Object.entries(figures)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, { rows }]) =>
      rows.flatMap((row) =>
        row.target === undefined || !Number.isFinite(row.value) ? [] : [{ key, row, target: row.target }],
      ),
    );
}

function dotOf(key: string, row: Measured, target: Targeted['target'], scale: number): Dot {
  return {
    label: `(${key}) ${row.what}`,
    told: `${toldValue(row)}, ${toldTarget(target, row.unit)}`,
    value: row.value * scale,
    noise: row.noise === undefined ? undefined : row.noise * scale,
    target: target.value * scale,
    isMet: isMet(row) === true,
  };
}
