import type { Deadline } from '../capabilities/deadline.ts';
import type { Effect } from '../capabilities/effect.ts';
import type { Schedule } from '../capabilities/schedule.ts';

/** A container to be swept, and whoever owns what may be due in it. */
export interface SweptService {
  /** The service's name, and its container's. */
  readonly name: string;
  readonly deadlines: readonly Deadline[];
  readonly schedules?: readonly Schedule[];
  /** What the sweep leaves alone: effects have lanes of their own. */
  readonly effects?: readonly Pick<Effect, 'kind'>[];
}
