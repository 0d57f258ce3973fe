import { barPlot } from './bar-plot.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure, Measured } from './results.ts';
import { toldNumbers } from './told.ts';

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
  return plots.flatMap(({ unit, ...plot }) => {
    const measured = (figure?.rows ?? []).flatMap((row) => (row.unit === unit ? loadOf(row) : []));
    if (measured.length === 0) return [];
    const series = [...new Set(measured.map(({ what }) => what))];
    const groups = [...Map.groupBy(measured, ({ load }) => load)].map(([load, rows]) => ({
      label: `${load} times what can be confirmed`,
      bars: rows.map(({ what, row }) => ({
        series: series.indexOf(what),
        value: row.value,
        noise: row.noise,
        told: toldNumbers(row),
      })),
    }));
    return [barPlot({ ...plot, series, groups })];
  });
}

interface AtLoad {
  readonly what: string;
  readonly load: string;
  readonly row: Measured;
}

function loadOf(row: Measured): readonly AtLoad[] {
  const [, what, load] = atLoad.exec(row.what) ?? [];
  return what === undefined || load === undefined || !Number.isFinite(row.value) ? [] : [{ what, load, row }];
}
