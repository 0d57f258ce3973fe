import type { BarPlot } from './bar-plot.ts';
import type { KeptFigure } from './results.ts';
import { toldValue } from './told.ts';

/** Orders confirmed per second beside what a team would take instead (figure q). */
export function peersPlot(figure: KeptFigure | undefined): readonly (BarPlot & { readonly name: string })[] {
  const groups = (figure?.rows ?? [])
    .filter(({ unit }) => unit === 'per second')
    .map((row) => ({
      label: row.what.replace(/:.*/, ''),
      bars: [{ series: 0, value: row.value, noise: row.noise, told: toldValue(row) }],
    }));
  if (groups.length === 0) return [];
  const description = groups.map(({ label, bars: [bar] }) => `${label}: ${bar?.told}`).join('. ');
  const title = 'Orders confirmed per second, beside others';
  return [{ name: 'peers', title, description, axis: 'orders per second', series: [], groups }];
}
