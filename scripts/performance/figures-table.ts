import { isMet } from '../../bench/report/report.ts';
import { markdownTable } from '../docs/generated-part.ts';
import type { KeptFigure, KeptResults, Measured } from './results.ts';
import { toldTarget, toldValue } from './told.ts';

type Figures = KeptResults['embedded'];

const ratesShown = 3;

/** The figures of one bus: what holds now, its target, what it was before where that is kept, and what it was made from. */
export function figuresTable(now: Figures, before: Figures): string {
  const rows = inOrder(now).flatMap(([key, figure]) =>
    headlines(figure).map((measured, index) => [
      key,
      measured.what,
      `**${toldValue(measured)}**`,
      measured.target === undefined ? '' : toldTarget(measured.target, measured.unit),
      verdict(measured),
      toldBefore(measured, figure, before[key]),
      index === 0 ? ratesOf(figure) : '',
      dayOf(figure),
    ]),
  );
  return markdownTable(['', 'measured', 'now', 'target', '', 'before', 'from', 'day'], rows);
}

/** Each value of each figure, with those that the figures were made from. */
export function everyValue(now: Figures): string {
  const rows = inOrder(now).flatMap(([key, { rows }]) => rows.map((row) => [key, row.what, toldValue(row)]));
  return markdownTable(['', 'measured', 'value'], rows);
}

/** The runs that the figures are of, the newest first, with what they ran on. */
export function runsTable({ embedded, apache }: KeptResults): string {
  const all = [
    ...inOrder(embedded).map(([key, figure]) => ({ key, figure })),
    ...inOrder(apache).map(([key, figure]) => ({ key: `${key} on Apache Kafka`, figure })),
  ];
  const runs = Map.groupBy(all, ({ figure: { at, machine, windowSeconds } }) =>
    JSON.stringify([at, machine, windowSeconds]),
  );
  const rows = [...runs.values()]
    .flatMap((figures) => {
      const [first] = figures;
      return first === undefined ? [] : [{ ...first.figure, keys: figures.map(({ key }) => key) }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .map(({ at, keys, machine, windowSeconds }) => [
      at.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ''),
      keys.join(', '),
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}`,
      String(machine.loadBefore),
      `${windowSeconds} s`,
    ]);
  return markdownTable(['begun (UTC)', 'figures', 'machine', 'load before', 'windows'], rows);
}

function inOrder(figures: Figures): readonly (readonly [string, KeptFigure])[] {
  return Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What has a target; of a figure that has none the first value, which the others explain. */
function headlines({ rows }: KeptFigure): readonly Measured[] {
  const wanted = rows.filter(({ target }) => target !== undefined);
  return wanted.length > 0 ? wanted : rows.slice(0, 1);
}

function verdict(measured: Measured): string {
  const met = isMet(measured);
  return met === undefined ? '' : met ? 'met' : '**missed**';
}

function toldBefore({ what, unit }: Measured, { at }: KeptFigure, before: KeptFigure | undefined): string {
  const row = before?.rows.find((one) => one.what === what && one.unit === unit);
  return row === undefined || before?.at === at ? '' : toldValue(row);
}

/** The rates that a ratio was made from. */
function ratesOf({ rows }: KeptFigure): string {
  return rows
    .filter(({ unit }) => unit === 'per second')
    .slice(0, ratesShown)
    .map((row) => `${row.what} ${toldValue(row)}`)
    .join('; ');
}

const dayOf = ({ at }: KeptFigure) => at.slice(0, 'yyyy-mm-dd'.length);
