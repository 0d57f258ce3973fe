import type { BenchReport, KeptResults, Measured } from './results.ts';

export interface Merged {
  readonly results: KeptResults;
  /** What of the report was not taken, and why, in sentences. */
  readonly left: readonly string[];
}

/** Each figure of a report takes the place of the same one of before, unless that is newer. */
export function merge(kept: KeptResults, { rows, failed, skipped, kafka, ...head }: BenchReport): Merged {
  const left = [
    ...skipped.map(({ figure, why }) => `(${figure}) was skipped, what was kept stays: ${why}`),
    ...failed.map(({ figure, why }) => `(${figure}) failed, what was kept stays: ${why.split('\n')[0]}`),
  ];
  const figures = { ...kept[kafka] };
  for (const key of new Set(rows.map(({ figure }) => figure))) {
    const measured = rows.filter(({ figure }) => figure === key).map(({ figure: _, ...row }) => rounded(row));
    const before = figures[key];
    if (before === undefined || before.at <= head.at) figures[key] = { ...head, rows: measured };
    else left.push(`(${key}) was kept from ${before.at}, which is newer than ${head.at}`);
  }
  return { results: { ...kept, [kafka]: figures }, left };
}

/** More digits than these are chance, and would make each change of the file a large one. */
const digits = 4;

function rounded({ value, noise, ...rest }: Measured): Measured {
  return { ...rest, value: round(value), noise: noise === undefined ? undefined : round(noise) };
}

const round = (value: number) => Number(value.toPrecision(digits));
