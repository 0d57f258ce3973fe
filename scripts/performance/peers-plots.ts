import { groupedPlots } from './grouped-plots.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure } from './results.ts';

/** `emmett: POST to confirmed, p50`: whose it is, and which of several values. */
const ofPeer = /^(.*?): .*?(?:, (p\d+))?$/;

const plots = [
  { unit: 'per second', name: 'peers', title: 'Orders confirmed per second, beside others', axis: 'orders per second' },
  { unit: 'ms', name: 'peers-times', title: 'Time from POST to confirmed, beside others', axis: 'ms' },
] as const;

/** Lagerhaus beside what a team would take instead (figure q): how many orders, and how long each takes. */
export function peersPlots(figure: KeptFigure | undefined): readonly Plot[] {
  return groupedPlots(figure, plots, (what) => {
    const [, group, series = ''] = ofPeer.exec(what) ?? [];
    return group === undefined ? undefined : { group, series };
  });
}
