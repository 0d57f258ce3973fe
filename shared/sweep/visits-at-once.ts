import { Workers } from '../async/workers.ts';
import { later } from '../clock.ts';
import { sweepAfterMs } from '../model/due-at-once.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { errorText } from '../telemetry/log.ts';
import { type Visitors, visit } from './visit.ts';

/** Where a due document is: it is read when its turn comes. */
type Place = Pick<StoredDocument, 'boundary' | 'id'>;

/** As many as the sweep visits at once, and a bound on what waits: the rest is the sweep's. */
const limits = { atOnce: 8, waiting: 1_000 };

/**
 * Visits what commits of this process have made due at once, right after them, where a deadline asks for that
 * (`isDueAtOnce`). Whatever is not visited, for whatever reason, stays due to the sweep.
 */
export class VisitsAtOnce {
  readonly #visitors: Visitors;
  readonly #runtime: Runtime;
  readonly #workers: Workers<Place>;

  constructor(visitors: Visitors, runtime: Runtime) {
    this.#visitors = visitors;
    this.#runtime = runtime;
    this.#workers = new Workers({
      ...limits,
      keyOf: ({ boundary, id }) => `${boundary} ${id}`,
      work: (place) => this.#visit(place),
    });
    for (const { kind, isDueAtOnce } of visitors.deadlines)
      runtime.dueAtOnce.serve(visitors.name, kind, (document) => {
        const { boundary, id } = document;
        if (isDueAtOnce(document)) this.#workers.offer({ boundary, id });
      });
  }

  /** Settles when nothing is under way. */
  idle(): Promise<void> {
    return this.#workers.idle();
  }

  /** Ends the visits that are under way, and leaves the rest to the sweep. */
  stop(): Promise<void> {
    return this.#workers.stop();
  }

  async #visit({ boundary, id }: Place): Promise<void> {
    const { containerOf, clock, log } = this.#runtime;
    const { name } = this.#visitors;
    try {
      const container = containerOf(name);
      const document = container.recent.recall(boundary, id) ?? (await container.read(boundary, id));
      if (document?.dueAt === undefined || document.dueAt > later(clock.now(), sweepAfterMs)) return;
      await visit(document, this.#visitors, this.#runtime);
    } catch (error) {
      log.warn('document due at once not visited, left to the sweep', {
        service: name,
        document: id,
        error: errorText(error),
      });
    }
  }
}
