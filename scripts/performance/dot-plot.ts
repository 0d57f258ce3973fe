import { axisTo, drawnAxis, whiskers } from './axis.ts';
import type { Plot } from './plot.ts';
import { element, line, svgFile, text, width } from './svg.ts';

export interface Dot {
  readonly label: string;
  /** The value, its noise and its target in words. */
  readonly told: string;
  readonly value: number;
  readonly noise: number | undefined;
  readonly target: number;
  readonly isMet: boolean;
}

export interface DotPlot extends Omit<Plot, 'svg'> {
  readonly axis: string;
  readonly dots: readonly Dot[];
}

const [margin, head, rowHeight] = [24, 78, 42];

/** Each value as a dot with whiskers on a line of its own, beside an upright mark that is its target. */
export function dotPlot({ name, title, axis: label, dots }: DotPlot): Plot {
  const axis = axisTo(
    Math.max(...dots.map(({ value, noise, target }) => Math.max(value + (noise ?? 0), target))),
    margin,
    width - margin,
  );
  const bottom = head + dots.length * rowHeight;
  const rows = dots.flatMap((dot, index) => {
    const y = head + index * rowHeight;
    const middle = y + 27;
    return [
      text(margin, y + 12, dot.label),
      text(width - margin, y + 12, dot.told, 'end', 'faint'),
      line(axis.at(dot.target), middle - 9, axis.at(dot.target), middle + 9, 'target'),
      ...whiskers(axis, dot.value, dot.noise, middle),
      element('circle', { cx: axis.at(dot.value), cy: middle, r: 5.5, class: dot.isMet ? 'met' : 'missed' }),
    ];
  });
  const description = dots.map((dot) => `${dot.label}: ${dot.told}: ${dot.isMet ? 'met' : 'missed'}`).join('. ');
  const svg = svgFile({ title, description }, bottom + 56, [
    text(margin, 28, title, 'start', 'title'),
    element('circle', { cx: margin + 6, cy: 49, r: 5.5, class: 'met' }),
    text(margin + 18, 53, 'met'),
    element('circle', { cx: margin + 66, cy: 49, r: 5.5, class: 'missed' }),
    text(margin + 78, 53, 'missed'),
    line(margin + 146, 41, margin + 146, 57, 'target'),
    text(margin + 156, 53, 'target'),
    ...whiskers({ at: (x) => x, ticks: [] }, margin + 226, 12, 49),
    text(margin + 246, 53, 'noise'),
    ...drawnAxis(axis, head - 6, bottom, label),
    ...rows,
  ]);
  return { name, title, svg };
}
