import type { BenchReport, KeptFigure, KeptResults, Measured } from './results.ts';

export interface Merged {
  readonly results: KeptResults;
  /** What of the report was not taken, and why, in sentences. */
  readonly left: readonly string[];
}

/** Each figure of a report takes the place of the same one of before, unless that is newer or the report has no value of it. */
export function merge(kept: KeptResults, { rows, failed, kafka, ...head }: BenchReport): Merged {
  const left = failed.map(({ figure, why }) => `(${figure}) failed, what was kept stays: ${why.split('\n')[0]}`);
  const figures = { ...kept[kafka] };
  for (const key of new Set(rows.map(({ figure }) => figure))) {
    const measured = rows.filter(({ figure }) => figure === key).map(({ figure: _, ...row }) => rounded(row));
    const reason = reasonToLeave(figures[key], { ...head, rows: measured });
    if (reason === undefined) figures[key] = { ...head, rows: measured };
    else left.push(`(${key}) ${reason}`);
  }
  return { results: { ...kept, [kafka]: figures }, left };
}

function reasonToLeave(before: KeptFigure | undefined, { at, rows }: KeptFigure): string | undefined {
  const [first] = rows;
  if (rows.every(({ noise, target }) => noise === undefined && target === undefined))
    return `has no value: ${first?.what ?? 'nothing was measured'}`;
  if (before !== undefined && before.at > at) return `was kept from ${before.at}, which is newer than ${at}`;
  return undefined;
}

/** More digits than these are chance, and would make each change of the file a large one. */
const digits = 4;

function rounded({ value, noise, ...rest }: Measured): Measured {
  return { ...rest, value: round(value), noise: noise === undefined ? undefined : round(noise) };
}

const round = (value: number) => Number(value.toPrecision(digits));
