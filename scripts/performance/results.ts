import { z } from 'zod';
import { units } from '../../bench/figure.ts';

/** What never came to an end is written to JSON as null. */
const Value = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const Measured = z.object({
  what: z.string(),
  value: Value,
  noise: z
    .number()
    .nullish()
    .transform((noise) => noise ?? undefined),
  unit: z.enum(units),
  target: z.object({ bound: z.enum(['at least', 'at most', 'about']), value: z.number() }).optional(),
});
export type Measured = z.infer<typeof Measured>;

const Head = z.object({
  /** When the run began; of some old ones only the day is known. */
  at: z.union([z.iso.datetime(), z.iso.date()]),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    memoryGb: z.number(),
    platform: z.string(),
    node: z.string(),
    loadBefore: z.number(),
  }),
  windowSeconds: z.number(),
});

const NotMeasured = z.object({ figure: z.string(), why: z.string() });

/** What `npm run -s bench -- --json` prints, as `bench/report/report.ts` has it. */
export const BenchReport = Head.extend({
  // Reports of before Apache Kafka was told apart are of the embedded broker.
  kafka: z.enum(['embedded', 'apache']).default('embedded'),
  rows: z.array(Measured.extend({ figure: z.string() })),
  failed: z.array(NotMeasured),
  skipped: z.array(NotMeasured).default([]),
});
export type BenchReport = z.infer<typeof BenchReport>;

/** One figure as it was last measured. */
const KeptFigure = Head.extend({ rows: z.array(Measured) });
export type KeptFigure = z.infer<typeof KeptFigure>;

/** The figures that hold now, each of the run that measured it last, by bus and letter. */
export const KeptResults = z.strictObject({
  embedded: z.record(z.string(), KeptFigure),
  apache: z.record(z.string(), KeptFigure),
});
export type KeptResults = z.infer<typeof KeptResults>;
