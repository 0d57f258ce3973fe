import type { Figure } from './figure.ts';
import type { FailedFigure, ReportRow, SkippedFigure } from './report/report.ts';

export interface Measured {
  readonly rows: readonly ReportRow[];
  readonly failed: readonly FailedFigure[];
  readonly skipped: readonly SkippedFigure[];
}

export interface MeasureOptions {
  /** How long each measured stretch is. */
  readonly windowMs: number;
  /** Once it is aborted, no further figure begins, and what fails is no finding. */
  readonly interrupted: AbortSignal;
  /** Told of each figure as it begins. */
  readonly begins: (figure: Figure) => void;
  /** Told of each figure that cannot be measured here, with what is missing. */
  readonly skips: (figure: Figure, why: string) => void;
  /** Told of each figure that fails, with what it failed with. */
  readonly fails: (figure: Figure, error: unknown) => void;
}

/** Measures one figure after the other. One that fails takes nothing from those before it and keeps none behind it. */
export async function measureFigures(figures: readonly Figure[], options: MeasureOptions): Promise<Measured> {
  const { windowMs, interrupted, begins, skips, fails } = options;
  const rows: ReportRow[] = [];
  const failed: FailedFigure[] = [];
  const skipped: SkippedFigure[] = [];
  for (const figure of figures) {
    if (interrupted.aborted) break;
    begins(figure);
    try {
      const missing = await figure.prepare?.();
      if (missing !== undefined) {
        skipped.push({ figure: figure.key, why: missing });
        skips(figure, missing);
        continue;
      }
      const measurements = await figure.measure({ windowMs });
      rows.push(...measurements.map((measurement) => ({ figure: figure.key, ...measurement })));
    } catch (error) {
      // Whatever fails once everything is being stopped fails for that reason.
      if (interrupted.aborted) break;
      failed.push({ figure: figure.key, why: error instanceof Error ? error.message : String(error) });
      fails(figure, error);
    }
  }
  return { rows, failed, skipped };
}
