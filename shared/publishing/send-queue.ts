import { maxRequestBytes, type OwedCommit, type Part } from './owed-commit.ts';

/**
 * What waits for one topic, in commit order, and what of it goes together. A part that fails is sent alone before anything is
 * said against it, and while nothing gets through at all, it may be the topic: so nothing is said against any.
 */
export class SendQueue {
  #parts: Part[] = [];
  #bytes = 0;
  /** The bus refuses one of them. */
  readonly #suspected = new Set<Part>();
  /** Failed alone, and nothing got through since. */
  readonly #probed = new Set<Part>();
  /** Failed alone, and others got through since: tried once more. */
  readonly #doubtful = new Set<Part>();

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** What waits comes to so much. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What stands first gains nothing by what comes later: it goes alone, or one request cannot take all that is there. */
  get isReady(): boolean {
    const [first] = this.#parts;
    return this.#bytes > maxRequestBytes || (first !== undefined && this.#goesAlone(first));
  }

  add(part: Part): void {
    this.#parts.push(part);
    this.#bytes += part.bytes;
  }

  /** Those of which something came last, as many as it takes for so many bytes. */
  newest(bytes: number): ReadonlySet<OwedCommit> {
    const commits = new Set<OwedCommit>();
    let left = bytes;
    for (const { commit, bytes: ofPart } of this.#parts.toReversed()) {
      if (left <= 0) break;
      commits.add(commit);
      left -= ofPart;
    }
    return commits;
  }

  /** What stands first, as much as one request takes. */
  next(): readonly Part[] {
    const chosen: Part[] = [];
    let bytes = 0;
    for (const part of this.#parts) {
      const goesAlone = this.#goesAlone(part);
      bytes += part.bytes;
      if (chosen.length > 0 && (goesAlone || bytes > maxRequestBytes)) break;
      chosen.push(part);
      if (goesAlone) break;
    }
    return chosen;
  }

  /** One part, to find out whether the topic can be written: another one each time, and none that overtakes an older one of its keys. */
  probe(): readonly Part[] {
    const before = new Set<string>();
    for (const part of this.#parts) {
      const keys = part.messages.map(({ key }) => key);
      if (!this.#probed.has(part) && keys.every((key) => !before.has(key))) return [part];
      for (const key of keys) before.add(key);
    }
    this.#probed.clear();
    return this.#parts.slice(0, 1);
  }

  /** The bus has them. What failed before is tried alone, once more. */
  taken(parts: readonly Part[]): void {
    for (const part of this.#probed) this.#doubtful.add(part);
    this.#probed.clear();
    const gone = new Set(parts);
    this.takeOut((part) => gone.has(part));
  }

  /** The bus refuses one of them: each is sent alone. */
  suspect(parts: readonly Part[]): void {
    for (const part of parts) this.#suspected.add(part);
  }

  /** Answers whether it has failed for good: alone, after others got through. */
  failedAlone(part: Part): boolean {
    this.#probed.add(part);
    return this.#doubtful.has(part);
  }

  /** Takes out what is so, and answers with whose it is. */
  takeOut(isSo: (part: Part) => boolean): ReadonlySet<OwedCommit> {
    const kept: Part[] = [];
    const commits = new Set<OwedCommit>();
    for (const part of this.#parts) {
      if (!isSo(part)) {
        kept.push(part);
        continue;
      }
      commits.add(part.commit);
      this.#bytes -= part.bytes;
      this.#forget(part);
    }
    this.#parts = kept;
    return commits;
  }

  /** Mostly there is nothing to forget, and this is done for each part. */
  #forget(part: Part): void {
    if (this.#suspected.size > 0) this.#suspected.delete(part);
    if (this.#probed.size > 0) this.#probed.delete(part);
    if (this.#doubtful.size > 0) this.#doubtful.delete(part);
  }

  #goesAlone(part: Part): boolean {
    return (part.commit.outbox.dueAttempts ?? 0) > 0 || this.#suspected.has(part) || this.#doubtful.has(part);
  }
}
