import type { StateType } from '../../persistence/documents/read-state.ts';
import type { Address, Reader, Seen } from '../../persistence/reading/reader.ts';

/** How to tell that what an endpoint has answered is decided by now. */
export interface DecidedLater<View> {
  /** The boundary whose commits may decide it. */
  boundaryOf(view: View): string;
  isDecided(view: View): boolean;
  /**
   * What would be answered now; nothing, where it is gone.
   *
   * @param isTold whether this process has just written it, or something beside it: then what it last saw of it is new enough
   */
  look(
    view: View,
    reader: Reader,
    isTold: boolean,
  ): Promise<{ readonly view: View; readonly version: number } | undefined>;
}

interface Specification<State, View> {
  readonly of: StateType<State>;
  /** Where what was answered is. */
  readonly at: (view: View) => Address;
  readonly isDecided: (view: View) => boolean;
  readonly show: (reader: Reader, seen: Seen<State>) => View | Promise<View>;
}

/**
 * For what is decided after it is answered, by events: whoever prefers to wait for that (`Prefer: wait=10`) is answered then.
 *
 * @example
 * export const onceItsStockIsKnown = decidedLater({
 *   of: Order,
 *   at: ({ id }: z.output<typeof OrderView>) => ({ boundary: orderBoundary(id), id }),
 *   isDecided: ({ status }) => status !== 'pending',
 *   show: (_, order) => viewOf(order),
 * });
 */
export function decidedLater<State, View>({ of, at, isDecided, show }: Specification<State, View>): DecidedLater<View> {
  return {
    boundaryOf: (view) => at(view).boundary,
    isDecided,
    async look(view, reader, isTold) {
      const place = at(view);
      const seen = isTold ? await reader.readRecent(of, place) : await reader.read(of, place);
      return seen === undefined ? undefined : { view: await show(reader, seen), version: seen.version };
    },
  };
}
