import { withDeadline } from './parked-deadline.ts';
import { NewerDocumentError } from './store-errors.ts';
import type { StoredDocument } from './stored-document.ts';

/** What a state is read as. */
export interface StateType<State> {
  readonly kind: string;
  /** Whether a new one is changed again within moments. */
  readonly changesSoon?: boolean;
  /** Whether it is mostly all that its commits change. */
  readonly changesAlone?: boolean;
  /** @throws Error when the stored state does not fit. */
  readonly parse: (stored: unknown) => State;
}

/** The state in a stored document. @throws NewerDocumentError when this code cannot read it. */
export function readState<State>(type: StateType<State>, stored: StoredDocument): State {
  try {
    return type.parse(withDeadline(stored));
  } catch (error) {
    throw new NewerDocumentError(
      `this code cannot read ${stored.id}: newer code may have written it (${String(error)})`,
      {
        cause: error,
      },
    );
  }
}
