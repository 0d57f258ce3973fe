import { axisTo, drawnAxis, whiskers } from './axis.ts';
import type { Plot } from './plot.ts';
import { element, svgFile, text, width } from './svg.ts';

export interface Bar {
  /** Which of the series it belongs to. */
  readonly series: number;
  readonly value: number;
  readonly noise: number | undefined;
  readonly told: string;
}

export interface BarPlot extends Omit<Plot, 'svg'> {
  /** What is measured, with its unit: the values are told without it. */
  readonly axis: string;
  /** At most three, the one that matters first. A single one needs no name. */
  readonly series: readonly string[];
  readonly groups: readonly { readonly label: string; readonly bars: readonly Bar[] }[];
}

const classes = ['first', 'second', 'third'];
const [margin, head, left, right, barHeight, gap] = [24, 66, 310, width - 110, 16, 12];

/** Lying bars, those of one group below each other, each with its value behind it. */
export function barPlot({ name, title, axis: label, series, groups }: BarPlot): Plot {
  const all = groups.flatMap(({ bars }) => bars);
  const axis = axisTo(Math.max(...all.map(({ value, noise }) => value + (noise ?? 0))), left, right);
  const rows: string[] = [];
  let y = head;
  for (const group of groups) {
    const height = group.bars.length * barHeight;
    rows.push(text(left - 12, y + height / 2 + 4, group.label, 'end'));
    for (const { series: index, value, noise, told } of group.bars) {
      const middle = y + barHeight / 2;
      rows.push(
        element('rect', {
          x: left,
          y: y + 1,
          width: axis.at(value) - left,
          height: barHeight - 2,
          class: classes[index] ?? 'second',
        }),
        ...whiskers(axis, value, noise, middle),
        text(axis.at(value + (noise ?? 0)) + 8, middle + 4.5, told, 'start', 'faint'),
      );
      y += barHeight;
    }
    y += gap;
  }
  const legend = series.length < 2 ? [] : series.flatMap((name, index) => legendOf(name, index));
  const svg = svgFile(
    { title, description: `${label}. ${groups.map((group) => inWords(group, series)).join('. ')}` },
    y + 52,
    [text(margin, 28, title, 'start', 'title'), ...legend, ...drawnAxis(axis, head - 6, y, label), ...rows],
  );
  return { name, title, svg };
}

function inWords({ label, bars }: BarPlot['groups'][number], series: readonly string[]): string {
  return `${label}: ${bars.map((bar) => (series.length < 2 ? bar.told : `${series[bar.series]} ${bar.told}`)).join(', ')}`;
}

function legendOf(name: string, index: number): readonly string[] {
  const x = margin + index * 260;
  return [
    element('rect', { x, y: 38, width: 12, height: 12, class: classes[index] ?? 'second' }),
    text(x + 18, 49, name),
  ];
}
