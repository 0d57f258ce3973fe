/** What a value may be measured in. */
export const units = [
  'ratio',
  'per second',
  'RU',
  'ms',
  'MB',
  'cores',
  'orders',
  'units',
  'events',
  'requests',
  'bytes',
  'groups',
  'connections',
] as const;
export type Unit = (typeof units)[number];

/** What a value should come to; `about` is a wish that one machine may miss. */
export interface Target {
  readonly bound: 'at least' | 'at most' | 'about';
  readonly value: number;
}

/** One measured value. Those without a target are what the others were made from. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  /** How far it may be off by chance, either way (`typical.ts`); undefined where it was measured once. */
  readonly noise?: number;
  readonly unit: Unit;
  readonly target?: Target;
}

export interface MeasuringOptions {
  /** How long each measured stretch is. */
  readonly windowMs: number;
}

/** Something that the bench measures, by itself: it starts what it needs and stops it again. */
export interface Figure {
  /** The letter it has in the documents and after `--only`. */
  readonly key: string;
  readonly title: string;
  /**
   * Fetches what the figure needs and not every machine has. @returns what is missing, in one line that says how to get it; nothing,
   * where it can be measured.
   */
  prepare?(): Promise<string | undefined>;
  measure(options: MeasuringOptions): Promise<readonly Measurement[]>;
}
