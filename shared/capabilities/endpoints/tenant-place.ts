import type { UnitOfWork } from '../../persistence/commit/unit-of-work.ts';
import type { Reader } from '../../persistence/reading/reader.ts';

/** What is of one tenant, to a handler that reads and writes it. */
export interface TenantPlace {
  /**
   * Opens a unit of work; the wrapper commits it before it answers.
   *
   * Several are several commits, in the order in which they were opened; each is whole in itself, the row of them is not.
   * Whatever keeps one from being written (a lost race, a crash, a store that is away), those before it stand. After a lost
   * race the handler runs again from its beginning, and after a crash the client may send the request again: so what the
   * first commit leaves must be enough to go on from, by anybody. The answer to an Idempotency-Key is kept with the last.
   *
   * What has to be stored before the handler goes on, or although it refuses, it commits itself (`work.commit()`).
   */
  readonly unitOfWork: (boundary: string) => UnitOfWork;
  readonly reader: Reader;
}
