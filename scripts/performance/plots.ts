import { overloadPlots } from './overload-plots.ts';
import { peersPlots } from './peers-plots.ts';
import type { Plot } from './plot.ts';
import { requestPlots } from './request-plots.ts';
import type { KeptResults } from './results.ts';
import { targetPlots } from './target-plots.ts';

type Figures = KeptResults['embedded'];

/** Every plot that there are values for. */
export function plotsOf(now: Figures, before: Figures): readonly Plot[] {
  return [...targetPlots(now), ...requestPlots(now.d, before.d), ...overloadPlots(now.r), ...peersPlots(now.q)];
}
