import type { Kafka } from '../arguments.ts';
import type { Measurement, Target } from '../figure.ts';
import type { Machine } from './machine.ts';

/** A measured value and the figure that it belongs to. */
export interface ReportRow extends Measurement {
  readonly figure: string;
}

/** A figure that could not be measured. */
export interface FailedFigure {
  readonly figure: string;
  /** The message of what it failed with. */
  readonly why: string;
}

/** A figure that cannot be measured on this machine. */
export interface SkippedFigure {
  readonly figure: string;
  /** What is missing, and how to get it. */
  readonly why: string;
}

/** What a run of the bench found: what `--json` prints. */
export interface Report {
  readonly machine: Machine;
  /** Figures on Apache Kafka have the letters of those on the embedded broker, and are others. */
  readonly kafka: Kafka;
  /** When the run began, ISO 8601. */
  readonly at: string;
  readonly windowSeconds: number;
  readonly rows: readonly ReportRow[];
  readonly failed: readonly FailedFigure[];
  readonly skipped: readonly SkippedFigure[];
}

/** Whether a value comes to its target; undefined where it has none. */
export function isMet({
  value,
  target,
}: Pick<Measurement, 'what' | 'value' | 'unit'> & { readonly target?: Target | undefined }): boolean | undefined {
  if (target === undefined) return undefined;
  return target.bound === 'at least' ? value >= target.value : value <= target.value;
}
