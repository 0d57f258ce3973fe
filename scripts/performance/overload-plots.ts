import { groupedPlots } from './grouped-plots.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure } from './results.ts';

/** `accepted at 4 times the load`: what is measured, and how much is offered in what can be confirmed. */
const atLoad = /^(.*?),? at ([\d.]+) times\b/;

const plots = [
  { unit: 'ms', name: 'overload-times', title: 'Time from POST to confirmed, by the load that is offered', axis: 'ms' },
  {
    unit: 'per second',
    name: 'overload-rates',
    title: 'What becomes of orders, by the load that is offered',
    axis: 'orders per second',
  },
] as const;

/** What figure (r) found at each load: how long an order takes, and how many are taken. */
export function overloadPlots(figure: KeptFigure | undefined): readonly Plot[] {
  return groupedPlots(figure, plots, (what) => {
    const [, series, load] = atLoad.exec(what) ?? [];
    return series === undefined ? undefined : { group: `${load} times what can be confirmed`, series };
  });
}
