import { Coalescers } from '../async/coalescers.ts';
import { inParallel } from '../async/in-parallel.ts';
import { carriedBy, withoutCarried } from '../persistence/commit/carried-events.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import { errorText, type Log } from '../telemetry/log.ts';
import type { OwedCommit, SendOutcome } from './owed-commit.ts';

interface Dependencies {
  readonly log: Log;
  readonly settled: (commit: OwedCommit, outcome: SendOutcome) => void;
}

/** What a document carries in place of the outbox document. */
interface CarriedCommit extends OwedCommit {
  readonly carrier: string;
}

/**
 * So long a document may carry what was sent: mostly it is written again before, and then without it, at no cost. It is far from when
 * the sweep sees to it (`sweepAfterMs`).
 */
const gathering = { gatherMs: 3_000, full: 1_000 };

const atOnce = 100;

/** Takes out of documents what they carry, once the bus has acknowledged it and where no commit has done so in time. */
export class CarriedRemoval {
  readonly #log: Log;
  readonly #settled: Dependencies['settled'];
  /** What was sent and is still carried, as far as is known here, by the ids of outbox documents. */
  readonly #sent = new Map<string, CarriedCommit>();
  readonly #removing = new Coalescers<DocumentContainer, CarriedCommit>((sent) => this.#removeAll(sent), gathering);

  constructor({ log, settled }: Dependencies) {
    this.#log = log;
    this.#settled = settled;
  }

  has(outbox: string): boolean {
    return this.#sent.has(outbox);
  }

  add(commit: CarriedCommit): void {
    this.#sent.set(commit.outbox.id, commit);
    this.#removing.add(commit.container, commit);
  }

  /** A commit has written the document without it. */
  letGo(outbox: string): void {
    const commit = this.#sent.get(outbox);
    if (commit === undefined) return;
    this.#sent.delete(outbox);
    this.#settled(commit, 'sent');
  }

  idle(): Promise<void> {
    return this.#removing.idle();
  }

  async #removeAll(sent: readonly CarriedCommit[]): Promise<void> {
    const carried = sent.filter(({ outbox }) => this.#sent.has(outbox.id));
    await inParallel(carried, atOnce, async (commit) => {
      const outcome = await this.#remove(commit);
      if (this.#sent.delete(commit.outbox.id)) this.#settled(commit, outcome);
    });
  }

  /** What stays is sent again by the sweep, which is harmless but wasteful. */
  async #remove(commit: CarriedCommit): Promise<SendOutcome> {
    try {
      await remove(commit);
      return 'sent';
    } catch (error) {
      this.#log.warn('events stay with their document, they will be sent again', {
        document: commit.carrier,
        error: errorText(error),
      });
      return 'left';
    }
  }
}

/**
 * Where somebody has written the document meanwhile, the sweep may have moved to an outbox document what it carried. One that began anew
 * after its boundary was erased carries what another commit owes.
 */
async function remove({ container, carrier, outbox: { id, boundary } }: CarriedCommit): Promise<void> {
  const document = container.recent.recall(boundary, carrier) ?? (await container.readMany(boundary, [carrier]))[0];
  container.recent.forget(boundary, carrier);
  const etag = document?._etag;
  if (document !== undefined && etag !== undefined && carriedBy(document)?.id === id) {
    const relieved = withoutCarried(document);
    const outcome = await container.execute(boundary, [{ kind: 'replace', document: relieved, etag }]);
    const [replaced] = outcome.kind === 'written' ? outcome.etags : [];
    if (replaced !== undefined) container.recent.remember({ ...relieved, _etag: replaced });
    if (outcome.kind === 'written') return;
  }
  await container.remove([{ id, boundary }]);
}
