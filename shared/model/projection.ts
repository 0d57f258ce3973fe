import { z } from 'zod';
import { refuseReserved } from './aggregate.ts';

/**
 * A kind of document that is derived from events told elsewhere: it is put as a whole and raises no events of its own,
 * so writing it twice must be the same as writing it once.
 */
export interface Projection<State> {
  readonly nature: 'projection';
  readonly kind: string;
  /** @throws ZodError when the stored state does not fit. */
  readonly parse: (stored: unknown) => State;
}

/**
 * Declares a projection.
 *
 * @example
 * export const Price = defineProjection({
 *   kind: 'price',
 *   state: z.object({ sku: z.string(), price: z.int() }),
 * });
 */
export function defineProjection<Schema extends z.ZodObject>(specification: {
  readonly kind: string;
  readonly state: Schema;
}): Projection<z.output<Schema>> {
  refuseReserved(specification.kind, specification.state);
  const compiled = z.compile(specification.state);
  return { nature: 'projection', kind: specification.kind, parse: (stored) => compiled.parse(stored) };
}
