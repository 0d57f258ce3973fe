import { type GroupedPlot, groupedPlots } from './grouped-plots.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure } from './results.ts';

const plots: readonly GroupedPlot[] = [
  {
    unit: 'ms',
    name: 'overload-times',
    title: 'Time from the order to its confirmation, by the load that is offered',
    axis: 'ms',
    placeOf: atEachLoad(/order to confirmed/),
  },
  {
    unit: 'per second',
    name: 'overload-rates',
    title: 'What becomes of orders, by the load that is offered',
    axis: 'orders per second',
    placeOf: atEachLoad(/taken|refused/),
  },
  {
    unit: 'ms',
    name: 'overload-others',
    title: 'How long others wait meanwhile, by the load that is offered',
    axis: 'ms',
    placeOf: atEachLoad(/refusal|meanwhile/),
  },
];

/** What figure (r) found at each load: how long an order takes, how many are taken, and how everybody else fares. */
export function overloadPlots(figure: KeptFigure | undefined): readonly Plot[] {
  return groupedPlots(figure, plots);
}

/** `at 4 times: refused`: how much is offered, in what can be confirmed, and what was found. */
function atEachLoad(wanted: RegExp): GroupedPlot['placeOf'] {
  return (what) => {
    const [, load, series] = /^at ([\d.]+) times: (.*)$/.exec(what) ?? [];
    return series !== undefined && wanted.test(series)
      ? { group: `${load} times what can be confirmed`, series }
      : undefined;
  };
}
