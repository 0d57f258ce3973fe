import { type GroupedPlot, groupedPlots, type Place } from './grouped-plots.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure } from './results.ts';

const plots: readonly GroupedPlot[] = [
  {
    unit: 'per second',
    name: 'peers',
    title: 'Orders confirmed per second, beside others',
    axis: 'orders per second',
    placeOf,
  },
  { unit: 'ms', name: 'peers-times', title: 'Time from POST to confirmed, beside others', axis: 'ms', placeOf },
];

/** Lagerhaus beside what a team would take instead (figure q): how many orders, and how long each takes. */
export function peersPlots(figure: KeptFigure | undefined): readonly Plot[] {
  return groupedPlots(figure, plots);
}

/** `emmett: POST to confirmed, p50`: whose it is, and which of several values. */
function placeOf(what: string): Place | undefined {
  const [, group, series = ''] = /^(.*?): .*?(?:, (p\d+))?$/.exec(what) ?? [];
  return group === undefined ? undefined : { group, series };
}
