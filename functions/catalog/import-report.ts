import { z } from 'zod';
import { FieldError } from '../../shared/field-errors.ts';
import type { Rejection } from '../../shared/model/rejection.ts';

/** What became of a line of the file. */
export const LineOutcome = z.object({
  line: z.int().positive(),
  sku: z.string().optional(),
  outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
  /** Of the product. */
  id: z.string().optional(),
  /** Why it was refused: what the same product would be answered with by itself. */
  reason: z.object({ type: z.string(), detail: z.string(), errors: z.array(FieldError).optional() }).optional(),
});
export type LineOutcome = z.output<typeof LineOutcome>;

/** What became of the file: how many lines of each outcome, and each line. */
export const ImportReport = z
  .object({
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    lines: z.array(LineOutcome),
  })
  .meta({ id: 'ImportReport', description: 'What became of each line' });
export type ImportReport = z.output<typeof ImportReport>;

export function refused(line: number, sku: string | undefined, { code, message, errors }: Rejection): LineOutcome {
  return {
    line,
    ...(sku === undefined ? {} : { sku }),
    outcome: 'refused',
    reason: {
      type: `/problems/${code}`,
      detail: message,
      ...(errors === undefined ? {} : { errors: [...errors] }),
    },
  };
}

/** The report on these lines, in the order of the file. */
export function reportOn(outcomes: readonly LineOutcome[]): ImportReport {
  const lines = outcomes.toSorted((one, other) => one.line - other.line);
  const count = (wanted: LineOutcome['outcome']) => lines.filter(({ outcome }) => outcome === wanted).length;
  return {
    created: count('created'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    lines,
  };
}
