import { barPlot } from './bar-plot.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure } from './results.ts';
import { toldNumbers } from './told.ts';

/** Orders confirmed per second beside what a team would take instead (figure q). */
export function peersPlot(figure: KeptFigure | undefined): readonly Plot[] {
  const groups = (figure?.rows ?? [])
    .filter(({ unit }) => unit === 'per second')
    .map((row) => ({
      label: row.what.replace(/:.*/, ''),
      bars: [{ series: 0, value: row.value, noise: row.noise, told: toldNumbers(row) }],
    }));
  if (groups.length === 0) return [];
  const title = 'Orders confirmed per second, beside others';
  return [barPlot({ name: 'peers', title, axis: 'orders per second', series: [], groups })];
}
