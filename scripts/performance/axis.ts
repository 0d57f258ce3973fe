import { line, text } from './svg.ts';

/** From what is measured to where it stands on the paper. */
export interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** An axis from zero past the largest value, with some seven marks at round numbers. */
export function axisTo(largest: number, left: number, right: number): Axis {
  const step = roundStep(largest / 7);
  const count = Math.ceil(largest / step);
  const end = count * step;
  return {
    at: (value) => left + ((right - left) * value) / end,
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12))),
  };
}

/** 1, 2 or 5 with noughts: the least of them that is not below a step. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

/** Upright lines at the marks, their numbers below, and below these what is measured, with its unit. */
export function drawnAxis({ at, ticks }: Axis, top: number, bottom: number, label: string): readonly string[] {
  const [first = 0, last = 0] = [ticks[0], ticks.at(-1)];
  return [
    ...ticks.map((tick) => line(at(tick), top, at(tick), bottom, 'grid')),
    ...ticks.map((tick) => text(at(tick), bottom + 18, tick.toLocaleString('en-US'), 'middle', 'faint')),
    text((at(first) + at(last)) / 2, bottom + 38, label, 'middle', 'faint'),
  ];
}

/** How far a value may be off by chance, either way, as a line with its ends. */
export function whiskers({ at }: Axis, value: number, noise: number | undefined, y: number): readonly string[] {
  if (noise === undefined) return [];
  const [from, to] = [at(Math.max(0, value - noise)), at(value + noise)];
  return [
    line(from, y, to, y, 'whisker'),
    line(from, y - 4, from, y + 4, 'whisker'),
    line(to, y - 4, to, y + 4, 'whisker'),
  ];
}
