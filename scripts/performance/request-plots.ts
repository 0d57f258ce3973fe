import { type Bar, barPlot } from './bar-plot.ts';
import type { Plot } from './plot.ts';
import type { KeptFigure, Measured } from './results.ts';
import { toldNumbers } from './told.ts';

/** `orders: create outbox`, as `bench/charges` names a kind of request. */
const kindOfRequest = /^[\w-]+: \w+ \S/;

const plots = [
  {
    unit: 'RU',
    name: 'order-request-units',
    title: 'Request units of an order at full load, by kind',
    axis: 'RU per confirmed order',
  },
  {
    unit: 'requests',
    name: 'order-requests',
    title: 'Requests to the store for an order at a moderate pace, by kind',
    axis: 'requests per order',
  },
] as const;

/** What an order asks of the store (figure d), by kind of request, the dearest first, beside what it asked before. */
export function requestPlots(now: KeptFigure | undefined, before: KeptFigure | undefined): readonly Plot[] {
  return plots.flatMap(({ unit, ...plot }) => {
    const kindsNow = kindsOf(now, unit);
    if (now === undefined || kindsNow.length === 0) return [];
    const kindsBefore = before?.at === now.at ? [] : kindsOf(before, unit);
    const shown = [kindsNow, kindsBefore].filter((kinds) => kinds.length > 0);
    const groups = [...new Set(shown.flat().map(({ what }) => what))]
      .map((label) => ({ label, bars: shown.map((kinds, series) => barOf(kinds, label, series)) }))
      .sort((a, b) => largestOf(b.bars) - largestOf(a.bars));
    const series = shown.length > 1 ? [`now (${dayOf(now)})`, `before (${dayOf(before)})`] : [];
    return [barPlot({ ...plot, series, groups })];
  });
}

function kindsOf(figure: KeptFigure | undefined, unit: Measured['unit']): readonly Measured[] {
  const rows = figure?.rows ?? [];
  return rows.filter((row) => row.unit === unit && row.target === undefined && kindOfRequest.test(row.what));
}

function barOf(kinds: readonly Measured[], label: string, series: number): Bar {
  const row = kinds.find(({ what }) => what === label);
  return { series, value: row?.value ?? 0, noise: row?.noise, told: row === undefined ? 'none' : toldNumbers(row) };
}

const largestOf = (bars: readonly Bar[]) => Math.max(...bars.map(({ value }) => value));
const dayOf = (figure: KeptFigure | undefined) => figure?.at.slice(0, 'yyyy-mm-dd'.length) ?? '';
